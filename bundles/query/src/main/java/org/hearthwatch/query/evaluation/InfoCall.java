package org.hearthwatch.query.evaluation;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Shift;
import org.jspecify.annotations.Nullable;

/**
 * {@code info}: adds to every series the labels of the info series (by default {@code target_info}) with the same
 * {@code instance} and {@code job}. Where several info series of one name match, the one with the newest sample counts.
 */
final class InfoCall {

    private static final List<String> IDENTITY = List.of("instance", "job");
    private static final Matcher DEFAULT_NAME = Matcher.metric("target_info");

    private final Evaluator evaluator;
    private final List<Matcher> names;
    private final List<Matcher> wanted;

    private InfoCall(Evaluator evaluator, List<Matcher> selector) {
        this.evaluator = evaluator;
        List<Matcher> named = selector.stream()
                .filter(matcher -> matcher.label().equals(Labels.NAME))
                .toList();
        this.names = named.isEmpty() ? List.of(DEFAULT_NAME) : named;
        this.wanted = selector.stream()
                .filter(matcher -> !matcher.label().equals(Labels.NAME))
                .toList();
    }

    /** An info series: its labels and, for every step, when its newest sample was taken. */
    @SuppressWarnings("ArrayRecordComponent") // a column
    private record Info(Labels labels, double[] taken) {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Call call) {
        List<Matcher> selector = List.of();
        if (call.arguments().size() > 1 && call.arguments().get(1) instanceof Expr.VectorSelector found) {
            selector = found.matchers();
        }
        var info = new InfoCall(evaluator, selector);
        return info.enriched(evaluator.vector(call.arguments().get(0)));
    }

    private List<Row> enriched(List<Row> rows) {
        List<Row> plain = rows.stream().filter(row -> isInfo(row.labels())).toList();
        List<Row> others = rows.stream().filter(row -> !isInfo(row.labels())).toList();
        Map<Labels, Map<String, List<Info>>> infos = infosOf(others);
        var enriched = new ArrayList<>(plain);
        for (Row row : others) {
            enriched.addAll(enriched(row, infos.getOrDefault(row.labels().only(IDENTITY), Map.of())));
        }
        return Rows.merged(enriched);
    }

    private boolean isInfo(Labels labels) {
        return names.stream().anyMatch(matcher -> matches(matcher, labels.metricName()));
    }

    /** The info series of the identities among some rows, by identity and name. */
    private Map<Labels, Map<String, List<Info>>> infosOf(List<Row> rows) {
        var matchers = new ArrayList<>(names);
        matchers.addAll(wanted);
        boolean identified = false;
        for (String label : IDENTITY) {
            var values = new TreeSet<String>();
            rows.forEach(row -> values.add(row.labels().get(label)));
            values.remove("");
            if (!values.isEmpty()) {
                identified = true;
                matchers.add(new Matcher(
                        label,
                        Matcher.Kind.MATCHES,
                        values.stream().map(Pattern::quote).collect(Collectors.joining("|"))));
            }
        }
        Map<Labels, Map<String, List<Info>>> infos = new HashMap<>();
        if (identified) {
            var selector = new Expr.VectorSelector("", matchers, Shift.NONE, 0);
            for (Row row : InstantSelector.timestamps(evaluator, selector)) {
                infos.computeIfAbsent(row.labels().only(IDENTITY), key -> new LinkedHashMap<>())
                        .computeIfAbsent(row.labels().metricName(), key -> new ArrayList<>())
                        .add(new Info(row.labels(), row.cells()));
            }
        }
        return infos;
    }

    private List<Row> enriched(Row row, Map<String, List<Info>> infos) {
        Map<Labels, Row> columns = new LinkedHashMap<>();
        for (int step = 0; step < row.cells().length; step++) {
            if (row.isPresent(step)) {
                Optional<Labels> labels = labelsAt(step, row.labels(), infos);
                if (labels.isPresent()) {
                    Row column = columns.computeIfAbsent(labels.get(), key -> empty(row, key));
                    column.cells()[step] = row.cells()[step];
                    @Nullable Distribution[] histograms = column.histograms();
                    if (histograms != null) {
                        histograms[step] = row.histogram(step);
                    }
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private Row empty(Row like, Labels labels) {
        var histograms = like.histograms() == null ? null : new Distribution[like.cells().length];
        return new Row(labels, like.nameGoes(), evaluator.blank(), histograms);
    }

    /** The labels with those of the infos added; nothing if labels are wanted that have to be there and are not. */
    private Optional<Labels> labelsAt(int step, Labels labels, Map<String, List<Info>> infos) {
        Map<String, String> added = new HashMap<>();
        infos.forEach((name, candidates) -> newest(step, name, candidates)
                .ifPresent(info -> info.labels().forEach((label, value) -> {
                    boolean asked = wanted.isEmpty()
                            || wanted.stream()
                                    .anyMatch(matcher -> matcher.label().equals(label));
                    if (label.equals(Labels.NAME) || !asked) {
                        return;
                    }
                    String other = added.get(label);
                    if (other != null && !other.equals(value)) {
                        throw new EvaluationException("conflicting label: " + label);
                    }
                    if (!labels.has(label)) {
                        added.put(label, value);
                    }
                })));
        if (added.isEmpty() && !wanted.stream().allMatch(matcher -> matches(matcher, ""))) {
            return Optional.empty();
        }
        var builder = labels.toBuilder();
        added.forEach(builder::set);
        return Optional.of(builder.build());
    }

    private static Optional<Info> newest(int step, String name, List<Info> candidates) {
        Optional<Info> newest = Optional.empty();
        for (Info info : candidates) {
            double taken = info.taken()[step];
            if (Cell.isAbsent(taken)) {
                continue;
            }
            double best = newest.map(found -> found.taken()[step]).orElse(Double.NEGATIVE_INFINITY);
            if (taken == best) {
                throw new EvaluationException("found duplicate series for info metric " + name);
            }
            if (taken > best) {
                newest = Optional.of(info);
            }
        }
        return newest;
    }

    private static boolean matches(Matcher matcher, String value) {
        return switch (matcher.kind()) {
            case EQUAL -> value.equals(matcher.value());
            case NOT_EQUAL -> !value.equals(matcher.value());
            case MATCHES -> Pattern.matches("(?s:" + matcher.value() + ")", value);
            case NOT_MATCHES -> !Pattern.matches("(?s:" + matcher.value() + ")", value);
        };
    }
}
