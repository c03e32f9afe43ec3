package org.hearthwatch.query.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;

/** Holds an answer of this engine against Prometheus's. */
final class Comparison {

    private static final double TOLERANCE = 1e-9;

    private Comparison() {}

    /** How much of a value is defined. */
    enum Trust {
        /** Its type alone: which series it holds is left to chance. */
        TYPE,
        /** Its series. */
        SERIES,
        /** Its series and the order of their values. */
        ORDER
    }

    /**
     * What differs first, if anything.
     *
     * @param trust how much of the value is defined
     * @param counted whether the number of samples is: what a histogram counts for depends on Prometheus's chunks
     */
    @SuppressWarnings("unchecked")
    static Optional<String> of(QueryResult ours, Map<String, Object> theirs, Trust trust, boolean counted) {
        var data = (Map<String, Object>) Objects.requireNonNull(theirs.get("data"));
        if (!ours.value().type().equals(data.get("resultType"))) {
            return Optional.of("type " + ours.value().type() + " instead of " + data.get("resultType"));
        }
        Optional<String> difference = trust == Trust.TYPE
                ? Optional.empty()
                : value(ours.value(), (List<Object>) Objects.requireNonNull(data.get("result")), trust == Trust.ORDER);
        return difference
                .or(() -> notes("warnings", ours.warnings(), theirs))
                .or(() -> notes("infos", ours.infos(), theirs))
                .or(() -> counted ? samples(ours, data) : Optional.empty());
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> samples(QueryResult ours, Map<String, Object> data) {
        var stats = (Map<String, Object>) data.getOrDefault("stats", Map.of());
        var samples = (Map<String, Object>) stats.getOrDefault("samples", Map.of());
        String total = String.valueOf(samples.get("totalQueryableSamples"));
        return total.equals(String.valueOf(ours.stats().samples()))
                ? Optional.empty()
                : Optional.of("samples " + ours.stats().samples() + " instead of " + total);
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> notes(String what, List<String> ours, Map<String, Object> theirs) {
        var expected = (List<Object>) theirs.getOrDefault(what, List.of());
        boolean cut = expected.stream().anyMatch(note -> note.toString().contains("annotations omitted"));
        return cut || texts(ours).equals(texts(expected))
                ? Optional.empty()
                : Optional.of(what + " " + ours + " instead of " + expected);
    }

    /** Which of two metrics does not go with the other depends on which comes first. */
    private static Set<String> texts(List<?> notes) {
        return notes.stream()
                .map(note -> note.toString()
                        .replaceFirst("(contains a mix of histograms .*) for metric name \"[^\"]*\"", "$1"))
                .collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> value(QueryValue ours, List<Object> theirs, boolean ordered) {
        if (ours instanceof QueryValue.Scalar scalar) {
            return number("scalar", scalar.value(), theirs.get(1).toString());
        }
        if (ours instanceof QueryValue.Text text) {
            return text.value().equals(theirs.get(1)) ? Optional.empty() : Optional.of("text");
        }
        Map<String, Map<String, Object>> mine = new LinkedHashMap<>();
        if (ours instanceof QueryValue.Vector vector) {
            for (Sample sample : vector.samples()) {
                Object value =
                        sample.histogram().isPresent() ? sample.histogram().get() : sample.value();
                if (mine.put(name(sample.labels()), Map.of("", value)) != null) {
                    return Optional.of("twice " + sample.labels());
                }
            }
        } else {
            for (QueryValue.Series series : ((QueryValue.Matrix) ours).series()) {
                Map<String, Object> points = new TreeMap<>();
                for (int i = 0; i < series.size(); i++) {
                    points.put(time(series.timestamps()[i]), series.values()[i]);
                }
                series.histograms().forEach(point -> points.put(time(point.timestamp()), point.histogram()));
                mine.put(name(series.labels()), points);
            }
        }
        Map<String, Map<String, Object>> other = new LinkedHashMap<>();
        for (Object element : theirs) {
            var series = (Map<String, Object>) element;
            Map<String, Object> points = new TreeMap<>();
            for (String key : List.of("value", "histogram")) {
                var point = (List<Object>) series.get(key);
                if (point != null) {
                    points.put("", point.get(1));
                }
            }
            for (String key : List.of("values", "histograms")) {
                for (Object point : (List<Object>) series.getOrDefault(key, List.of())) {
                    var pair = (List<Object>) point;
                    points.put(time(Math.round(Double.parseDouble(pair.get(0).toString()) * 1000)), pair.get(1));
                }
            }
            other.put(new TreeMap<>((Map<String, Object>) series.get("metric")).toString(), points);
        }
        if (!mine.keySet().equals(other.keySet())) {
            return Optional.of("series " + mine.keySet() + " instead of " + other.keySet());
        }
        if (ordered && !inOrder(mine).equals(inOrder(other))) {
            return Optional.of("order " + mine.keySet() + " instead of " + other.keySet());
        }
        for (String series : mine.keySet()) {
            Map<String, Object> a = mine.getOrDefault(series, Map.of());
            Map<String, Object> b = other.getOrDefault(series, Map.of());
            if (!a.keySet().equals(b.keySet())) {
                return Optional.of(series + " points at " + a.keySet() + " instead of " + b.keySet());
            }
            for (String time : a.keySet()) {
                Optional<String> difference = point(
                        series + "@" + time, Objects.requireNonNull(a.get(time)), Objects.requireNonNull(b.get(time)));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }

    /** The numbers in their order; which of two series with equal values comes first is not defined. */
    private static List<Double> inOrder(Map<String, Map<String, Object>> vector) {
        return vector.values().stream()
                .map(points -> points.get(""))
                .filter(value -> value instanceof Double || value instanceof String)
                .map(value -> Double.parseDouble(
                        Objects.requireNonNull(value).toString().replaceFirst("Inf$", "Infinity")))
                .toList();
    }

    private static String name(Labels labels) {
        Map<String, String> sorted = new TreeMap<>();
        labels.forEach(sorted::put);
        return sorted.toString();
    }

    private static String time(long millis) {
        return String.format("%015d", millis);
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> point(String where, Object mine, Object other) {
        if (mine instanceof NativeHistogram histogram) {
            return other instanceof Map<?, ?> map
                    ? histogram(where, histogram, (Map<String, Object>) map)
                    : Optional.of(where + ": a histogram instead of " + other);
        }
        return other instanceof String text
                ? number(where, (double) mine, text)
                : Optional.of(where + ": " + mine + " instead of " + other);
    }

    private static Optional<String> histogram(String where, NativeHistogram mine, Map<String, Object> other) {
        List<String> ours = buckets(mine);
        List<String> theirs = new ArrayList<>();
        if (other.get("buckets") instanceof List<?> list) {
            list.forEach(bucket -> theirs.add(String.valueOf(bucket)));
        }
        // Nothing times infinity: Prometheus has buckets without observations or not as its chunks happen to be laid
        // out.
        ours.removeIf(bucket -> bucket.endsWith("NaN"));
        theirs.removeIf(bucket -> bucket.endsWith("NaN]"));
        Optional<String> difference = number(where + " count", mine.count(), String.valueOf(other.get("count")))
                .or(() -> number(where + " sum", mine.sum(), String.valueOf(other.get("sum"))));
        if (difference.isPresent()) {
            return difference;
        }
        if (ours.size() != theirs.size()) {
            return Optional.of(where + " " + mine + " instead of " + other);
        }
        for (int i = 0; i < ours.size(); i++) {
            String[] a = ours.get(i).split(",", -1);
            String[] b = theirs.get(i).replaceAll("[\\[\\] ]", "").split(",", -1);
            for (int k = 1; k < 4; k++) {
                if (number("", Double.parseDouble(a[k]), b[k]).isPresent()) {
                    return Optional.of(where + " bucket " + ours.get(i) + " instead of " + theirs.get(i));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> buckets(NativeHistogram histogram) {
        List<String> buckets = new ArrayList<>();
        side(histogram, histogram.negative(), true, buckets);
        Collections.reverse(buckets);
        if (histogram.zeroCount() > 0) {
            buckets.add(
                    "0," + -histogram.zeroThreshold() + "," + histogram.zeroThreshold() + "," + histogram.zeroCount());
        }
        side(histogram, histogram.positive(), false, buckets);
        return buckets;
    }

    private static void side(
            NativeHistogram histogram, NativeHistogram.Buckets side, boolean mirrored, List<String> into) {
        int index = 0;
        int next = 0;
        for (NativeHistogram.Span span : side.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                double count = side.count(next++);
                double lower = Math.max(bound(histogram, index - 1), nearest(histogram));
                double upper = bound(histogram, index++);
                if (count != 0) {
                    into.add(
                            mirrored
                                    ? "0," + -upper + "," + -lower + "," + count
                                    : "0," + lower + "," + upper + "," + count);
                }
            }
        }
    }

    /** Buckets begin where that of zero ends. */
    private static double nearest(NativeHistogram histogram) {
        return histogram.hasCustomBounds() ? Double.NEGATIVE_INFINITY : histogram.zeroThreshold();
    }

    private static double bound(NativeHistogram histogram, int index) {
        if (!histogram.hasCustomBounds()) {
            return Math.pow(2, index * Math.pow(2, -histogram.schema()));
        }
        double[] bounds = histogram.customBounds();
        if (index < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
    }

    private static Optional<String> number(String where, double mine, String other) {
        double theirs = switch (other) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(other);
        };
        boolean same = mine == theirs
                || (Double.isNaN(mine) && Double.isNaN(theirs))
                || Math.abs(mine - theirs) <= TOLERANCE * Math.max(Math.abs(mine), Math.abs(theirs))
                || (Math.abs(mine) < 1e-10 && Math.abs(theirs) < 1e-10);
        return same ? Optional.empty() : Optional.of(where + ": " + mine + " instead of " + other);
    }
}
