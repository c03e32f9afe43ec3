package org.hearthwatch.query.evaluation;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Window;
import org.hearthwatch.query.syntax.Expr;

/** One series with the value 1 where there is nothing. */
final class AbsenceCalls {

    private AbsenceCalls() {}

    static List<Row> absent(Evaluator evaluator, Expr.Call call) {
        Expr argument = call.arguments().get(0);
        return absence(evaluator, argument, evaluator.vector(argument));
    }

    static List<Row> absentOverTime(Evaluator evaluator, Expr.Call call) {
        Ranges ranges = Ranges.of(evaluator, call.arguments().get(0));
        double[] present = evaluator.blank();
        var window = new Window();
        ranges.each(SelectHints.Aspect.LAST, (labels, samples) -> {
            window.over(samples);
            for (int step = 0; step < present.length; step++) {
                long end = ranges.end(step);
                window.move(end - ranges.length(), end, samples.size());
                evaluator.tally().add(step, window.weight());
                if (window.size() > 0) {
                    present[step] = 1;
                }
            }
        });
        return absence(evaluator, call.arguments().get(0), List.of(new Row(Labels.EMPTY, present)));
    }

    private static List<Row> absence(Evaluator evaluator, Expr argument, List<Row> rows) {
        double[] cells = evaluator.constant(1);
        for (Row row : rows) {
            for (int step = 0; step < cells.length; step++) {
                if (row.isPresent(step)) {
                    cells[step] = Cell.ABSENT;
                }
            }
        }
        return List.of(new Row(labelsOf(argument.bare()), cells));
    }

    /** What is known of the missing series: labels that the selector asks for by equality, and only once. */
    private static Labels labelsOf(Expr argument) {
        List<Matcher> matchers = List.of();
        if (argument instanceof Expr.VectorSelector selector) {
            matchers = selector.matchers();
        } else if (argument instanceof Expr.MatrixSelector matrix) {
            matchers = matrix.selector().matchers();
        }
        var labels = Labels.builder();
        Set<String> seen = new HashSet<>();
        for (Matcher matcher : asPrometheusReads(matchers)) {
            if (matcher.label().equals(Labels.NAME)) {
                continue;
            }
            if (matcher.kind() == Matcher.Kind.EQUAL && seen.add(matcher.label())) {
                labels.set(matcher.label(), matcher.value());
            } else {
                labels.remove(matcher.label());
            }
        }
        return labels.build();
    }

    /** Prometheus has sorted the matchers by now: those that only take series away come last. */
    private static List<Matcher> asPrometheusReads(List<Matcher> matchers) {
        Set<String> needed = new HashSet<>();
        matchers.stream()
                .filter(matcher -> !InfoCall.matches(matcher, ""))
                .forEach(matcher -> needed.add(matcher.label()));
        return matchers.stream()
                .sorted(Comparator.comparing(matcher ->
                        !needed.contains(matcher.label()) || (isNegative(matcher) && InfoCall.matches(matcher, ""))))
                .toList();
    }

    private static boolean isNegative(Matcher matcher) {
        return matcher.kind() == Matcher.Kind.NOT_EQUAL || matcher.kind() == Matcher.Kind.NOT_MATCHES;
    }
}
