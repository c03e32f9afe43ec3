package org.hearthwatch.query.evaluation;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.RawBytes;
import org.hearthwatch.query.syntax.Regex;

/** Functions that change labels and leave values alone. */
final class LabelCalls {

    private LabelCalls() {}

    static List<Row> replace(Evaluator evaluator, Expr.Call call) {
        String source = Evaluator.text(call.arguments().get(3));
        String regex = Evaluator.text(call.arguments().get(4));
        Pattern pattern = compile(regex);
        String target = Evaluator.labelName(
                call.arguments().get(1), "invalid destination label name in label_replace(): ", RawBytes::replaced);
        var template = new Template(Evaluator.text(call.arguments().get(2)));
        return relabelled(evaluator, call, target, labels -> {
            Matcher matcher = pattern.matcher(labels.get(source));
            return matcher.find() ? Optional.of(template.expand(matcher)) : Optional.empty();
        });
    }

    private static Pattern compile(String regex) {
        try {
            return Regex.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new EvaluationException("invalid regular expression in label_replace(): " + regex);
        }
    }

    static List<Row> join(Evaluator evaluator, Expr.Call call) {
        String separator = Evaluator.text(call.arguments().get(2));
        List<String> sources = call.arguments().stream()
                .skip(3)
                .map(source ->
                        Evaluator.labelName(source, "invalid source label name in label_join(): ", RawBytes::replaced))
                .toList();
        String target = Evaluator.labelName(
                call.arguments().get(1), "invalid destination label name in label_join(): ", RawBytes::replaced);
        return relabelled(
                evaluator,
                call,
                target,
                labels -> Optional.of(sources.stream().map(labels::get).collect(Collectors.joining(separator))));
    }

    private static List<Row> relabelled(
            Evaluator evaluator, Expr.Call call, String target, Function<Labels, Optional<String>> value) {
        var rows = new ArrayList<Row>();
        Budget budget = evaluator.query().budget();
        for (Row row : evaluator.vector(call.arguments().get(0))) {
            boolean nameGoes = row.nameGoes() && !target.equals(Labels.NAME);
            Optional<String> text = value.apply(row.labels());
            text.ifPresent(found -> budget.holdText(found.length()));
            rows.add(text.map(found -> row.with(row.labels().with(target, found), nameGoes))
                    .orElse(row));
        }
        Rows.requireDistinct(rows);
        return rows;
    }
}
