package org.hearthwatch.query.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;

/**
 * A series and its values as scripts write them: {@code requests_total{path="/"} 0+10x5 _ _x2 stale NaN 3x1}.
 *
 * @param values one for every step; empty for a gap
 */
record SeriesLine(Labels labels, List<Double> values) {

    /** In place of a value: no sample. */
    static final double GAP = Double.longBitsToDouble(0x7ff8_0000_dead_beefL);

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)?\\s*(?:\\{(.*?)\\})?\\s+(.*)");
    private static final Pattern LABEL =
            Pattern.compile("\\s*(?:([a-zA-Z_][a-zA-Z0-9_]*|\"[^\"]*\")\\s*=\\s*)?\"((?:[^\"\\\\]|\\\\.)*)\"\\s*,?");
    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*(?:[eE][+-]?\\d+)?|\\.\\d+|[iI]nf|[nN]a[nN])";
    private static final Pattern ITEM =
            Pattern.compile("(_|stale|" + NUMBER + ")(?:([+-])(" + NUMBER + "))?(?:x(\\d+))?");

    static boolean isGap(double value) {
        return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(GAP);
    }

    static SeriesLine parse(String line) {
        Matcher matcher = SERIES.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No series: " + line);
        }
        String name = matcher.group(1);
        String inner = matcher.group(2);
        return new SeriesLine(labels(name == null ? "" : name, inner == null ? "" : inner), values(matcher.group(3)));
    }

    private static Labels labels(String name, String inner) {
        var labels = Labels.builder();
        if (!name.isEmpty()) {
            labels.set(Labels.NAME, name);
        }
        Matcher label = LABEL.matcher(inner);
        int end = 0;
        while (label.find() && label.start() == end) {
            String key = label.group(1) == null ? Labels.NAME : label.group(1).replace("\"", "");
            labels.set(
                    key,
                    label.group(2).replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"));
            end = label.end();
        }
        if (!inner.substring(end).isBlank()) {
            throw new IllegalArgumentException("No labels: " + inner);
        }
        return labels.build();
    }

    private static List<Double> values(String text) {
        var values = new ArrayList<Double>();
        for (String item : text.trim().split("\\s+", -1)) {
            Matcher matcher = ITEM.matcher(item);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("No value: " + item);
            }
            boolean gap = matcher.group(1).equals("_");
            double value = number(matcher.group(1));
            double step = matcher.group(3) == null ? 0 : number(matcher.group(3));
            int repeats = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
            int count = gap && repeats > 0 ? repeats : repeats + 1;
            for (int i = 0; i < count; i++) {
                values.add(value);
                if (step != 0) {
                    value += "-".equals(matcher.group(2)) ? -step : step;
                }
            }
        }
        return values;
    }

    static double number(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "_" -> GAP;
            case "stale" -> Staleness.MARKER;
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
