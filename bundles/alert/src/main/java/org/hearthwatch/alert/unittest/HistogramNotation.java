package org.hearthwatch.alert.unittest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;

/** Native histograms as tests write them: {@code schema:1 count:3 sum:4 buckets:[1 2] offset:-1}. */
final class HistogramNotation {

    private static final Pattern FIELD = Pattern.compile("\\s*([a-z_]+)\\s*:\\s*(\\[[^\\]]*\\]|[^\\s\\[\\]]+)\\s*");
    private static final List<String> FIELDS = List.of(
            "schema",
            "sum",
            "count",
            "z_bucket",
            "z_bucket_w",
            "custom_values",
            "buckets",
            "offset",
            "n_buckets",
            "n_offset",
            "counter_reset_hint");

    private HistogramNotation() {}

    /** Reads what stands between the double braces. */
    static NativeHistogram parse(String text) {
        var fields = new HashMap<String, String>();
        Matcher matcher = FIELD.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            String name = matcher.group(1);
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("bad histogram descriptor found: " + GoText.quote(name));
            }
            if (fields.put(name, matcher.group(2)) != null) {
                throw new IllegalArgumentException("duplicate key " + GoText.quote(name) + " in histogram");
            }
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    "unexpected " + GoText.quote(text.substring(end).strip()) + " in histogram description");
        }
        return new NativeHistogram(
                hint(fields.getOrDefault("counter_reset_hint", "unknown")),
                (int) number(fields, "schema"),
                number(fields, "z_bucket_w"),
                number(fields, "z_bucket"),
                number(fields, "count"),
                number(fields, "sum"),
                side((int) number(fields, "offset"), numbers(fields, "buckets")),
                side((int) number(fields, "n_offset"), numbers(fields, "n_buckets")),
                numbers(fields, "custom_values"));
    }

    private static ResetHint hint(String word) {
        return switch (word) {
            case "unknown" -> ResetHint.UNKNOWN;
            case "reset" -> ResetHint.RESET;
            case "not_reset" -> ResetHint.NO_RESET;
            case "gauge" -> ResetHint.GAUGE;
            default -> throw new IllegalArgumentException("bad counter_reset_hint found: " + GoText.quote(word));
        };
    }

    private static double number(Map<String, String> fields, String name) {
        return number(fields.getOrDefault(name, "0"));
    }

    private static double number(String text) {
        return GoNumber.tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("error parsing number: " + GoText.quote(text)));
    }

    private static double[] numbers(Map<String, String> fields, String name) {
        String list = fields.getOrDefault(name, "[]");
        if (!list.startsWith("[")) {
            throw new IllegalArgumentException(name + " takes a list in brackets, not " + list);
        }
        String inner = list.substring(1, list.length() - 1).strip();
        return inner.isEmpty()
                ? new double[0]
                : Arrays.stream(inner.split("\\s+"))
                        .mapToDouble(HistogramNotation::number)
                        .toArray();
    }

    private static Buckets side(int offset, double[] counts) {
        return counts.length == 0 ? Buckets.NONE : new Buckets(List.of(new Span(offset, counts.length)), counts);
    }

    /** Writes a histogram in this notation, braces included; equal histograms give equal texts. */
    static String format(NativeHistogram histogram) {
        var parts = new ArrayList<String>();
        if (histogram.schema() != 0) {
            parts.add("schema:" + histogram.schema());
        }
        part(parts, "count", histogram.count());
        part(parts, "sum", histogram.sum());
        part(parts, "z_bucket", histogram.zeroCount());
        part(parts, "z_bucket_w", histogram.zeroThreshold());
        if (histogram.hasCustomBounds()) {
            parts.add("custom_values:" + list(histogram.customBounds()));
        }
        if (histogram.resetHint() != ResetHint.UNKNOWN) {
            String word = histogram.resetHint() == ResetHint.NO_RESET
                    ? "not_reset"
                    : histogram.resetHint().name().toLowerCase(Locale.ROOT);
            parts.add("counter_reset_hint:" + word);
        }
        side(parts, "offset", "buckets", histogram.positive());
        side(parts, "n_offset", "n_buckets", histogram.negative());
        return "{{" + String.join(" ", parts) + "}}";
    }

    private static void part(List<String> parts, String name, double value) {
        if (value != 0) {
            parts.add(name + ":" + shown(value));
        }
    }

    private static void side(List<String> parts, String offsetName, String name, Buckets buckets) {
        HistogramSteps.Dense dense = HistogramSteps.dense(buckets);
        if (dense.counts().length == 0) {
            return;
        }
        if (dense.offset() != 0) {
            parts.add(offsetName + ":" + dense.offset());
        }
        parts.add(name + ":" + list(dense.counts()));
    }

    private static String list(double[] numbers) {
        var words = new ArrayList<String>();
        for (double number : numbers) {
            words.add(shown(number));
        }
        return "[" + String.join(" ", words) + "]";
    }

    private static String shown(double value) {
        return GoNumber.format(value, 'g', GoNumber.SHORTEST);
    }
}
