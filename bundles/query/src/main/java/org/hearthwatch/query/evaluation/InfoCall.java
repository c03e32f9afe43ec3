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
import org.hearthwatch.query.syntax.Regex;
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
    private final List<Matcher> selector;
    private final List<Matcher> names;
    private final List<Matcher> wanted;
    private boolean identified;

    private InfoCall(Evaluator evaluator, List<Matcher> selector, boolean given) {
        this.evaluator = evaluator;
        this.selector = selector;
        List<Matcher> named = selector.stream()
                .filter(matcher -> matcher.label().equals(Labels.NAME))
                .toList();
        this.names = given ? named : List.of(DEFAULT_NAME);
        this.wanted = selector.stream()
                .filter(matcher -> !matcher.label().equals(Labels.NAME))
                .toList();
    }

    /** An info series: its labels and, for every step, when its newest sample was taken. */
    @SuppressWarnings("ArrayRecordComponent") // a column
    private record Info(Labels labels, double[] taken) {}

    /** What finds the info series of one name for a series. */
    private record Key(String name, Labels identity) {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Call call) {
        Expr base = call.arguments().get(0);
        List<Matcher> selector = List.of();
        if (call.arguments().size() > 1 && call.arguments().get(1) instanceof Expr.VectorSelector found) {
            selector = found.matchers();
        }
        List<Row> rows =
                evaluator.vector(base).stream().filter(row -> !row.isEmpty()).toList();
        return new InfoCall(evaluator, selector, call.arguments().size() > 1).enriched(rows, base);
    }

    private List<Row> enriched(List<Row> rows, Expr base) {
        List<Info> infos =
                infosOf(rows.stream().filter(row -> !isInfo(row.labels())).toList(), base);
        List<Matcher> conditions = infos.isEmpty() && !identified ? selector : wanted;
        Map<Labels, Row> columns = new LinkedHashMap<>();
        for (int step = 0; step < evaluator.steps().count(); step++) {
            Map<Key, Info> newest = newest(infos, step);
            // Prometheus counts the series that have a sample, but looks their identity up among all series.
            int place = 0;
            for (Row row : rows) {
                if (!row.isPresent(step)) {
                    continue;
                }
                Labels stranger = rows.get(place++).labels();
                Optional<Labels> labels = isInfo(stranger)
                        ? Optional.of(row.labels())
                        : labelsWith(row.labels(), stranger.only(IDENTITY), infos, newest, conditions);
                if (labels.isPresent()) {
                    put(row, step, columns.computeIfAbsent(labels.get(), key -> empty(row, key, columns)));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private Row empty(Row like, Labels labels, Map<Labels, Row> others) {
        boolean mixes =
                like.histograms() != null || others.values().stream().anyMatch(other -> other.histograms() != null);
        return new Row(labels, false, evaluator.blank(), mixes ? new Distribution[like.cells().length] : null);
    }

    private static void put(Row row, int step, Row into) {
        if (into.isPresent(step)) {
            throw new EvaluationException(Rows.SAME_LABELS);
        }
        into.cells()[step] = row.cells()[step];
        @Nullable Distribution[] histograms = into.histograms();
        if (histograms != null) {
            histograms[step] = row.histogram(step);
        }
    }

    private boolean isInfo(Labels labels) {
        return names.stream().anyMatch(matcher -> matches(matcher, labels.metricName()));
    }

    /** The info series of the identities among some rows. */
    private List<Info> infosOf(List<Row> rows, Expr base) {
        var matchers = new ArrayList<>(names.isEmpty() ? List.of(DEFAULT_NAME) : names);
        matchers.addAll(wanted);
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
        var infos = new ArrayList<Info>();
        if (identified) {
            var series = new Expr.VectorSelector("", matchers, Shift.NONE, 0);
            for (Row row : InstantSelector.timestamps(evaluator, series, shiftOf(base))) {
                infos.add(new Info(row.labels(), row.cells()));
            }
        }
        return infos;
    }

    /** Of the first selector in the base: samples outside of what it looks at are not seen, as in Prometheus. */
    private static Shift shiftOf(Expr base) {
        return Selectors.in(base).stream()
                .map(Expr.VectorSelector::shift)
                .findFirst()
                .orElse(Shift.NONE);
    }

    private static Map<Key, Info> newest(List<Info> infos, int step) {
        Map<Key, Info> newest = new HashMap<>();
        int place = 0;
        for (Info info : infos) {
            if (Cell.isAbsent(info.taken()[step])) {
                continue;
            }
            Labels stranger = infos.get(place++).labels();
            var key = new Key(stranger.metricName(), stranger.only(IDENTITY));
            Info other = newest.get(key);
            if (other != null && other.taken()[step] == info.taken()[step]) {
                throw new EvaluationException("found duplicate series for info metric "
                        + info.labels().metricName());
            }
            if (other == null || other.taken()[step] < info.taken()[step]) {
                newest.put(key, info);
            }
        }
        return newest;
    }

    /** The labels with those of the infos added; nothing if labels are wanted that have to be there and are not. */
    private Optional<Labels> labelsWith(
            Labels labels, Labels identity, List<Info> infos, Map<Key, Info> newest, List<Matcher> conditions) {
        Map<String, String> added = new HashMap<>();
        infos.stream().map(info -> info.labels().metricName()).distinct().forEach(name -> {
            Info info = newest.get(new Key(name, identity));
            if (info != null) {
                info.labels().forEach((label, value) -> add(label, value, labels, added));
            }
        });
        if (added.isEmpty() && !conditions.stream().allMatch(matcher -> matches(matcher, ""))) {
            return Optional.empty();
        }
        var builder = labels.toBuilder();
        added.forEach(builder::set);
        return Optional.of(builder.build());
    }

    private void add(String label, String value, Labels labels, Map<String, String> added) {
        boolean asked = wanted.isEmpty()
                || wanted.stream().anyMatch(matcher -> matcher.label().equals(label));
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
    }

    static boolean matches(Matcher matcher, String value) {
        return switch (matcher.kind()) {
            case EQUAL -> value.equals(matcher.value());
            case NOT_EQUAL -> !value.equals(matcher.value());
            case MATCHES -> Regex.compile(matcher.value()).matches(value);
            case NOT_MATCHES -> !Regex.compile(matcher.value()).matches(value);
        };
    }
}
