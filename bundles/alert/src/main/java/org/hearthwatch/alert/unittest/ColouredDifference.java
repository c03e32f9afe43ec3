package org.hearthwatch.alert.unittest;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.unittest.Differences.AlertText;

/**
 * Expected and received alerts as one JSON text, coloured for a terminal where it differs: what is missing red, what is too
 * much green, what is otherwise yellow. The form is that of {@code promtool test rules --diff}. Not thread-safe.
 */
final class ColouredDifference {

    private static final String INDENT = "    ";

    private enum Colour {
        PLAIN("", ""),
        MISSING("\033[0;31m", "\033[0m"),
        ADDED("\033[0;32m", "\033[0m"),
        CHANGED("\033[0;33m", "\033[0m");

        private final String begin;
        private final String end;

        Colour(String begin, String end) {
            this.begin = begin;
            this.end = end;
        }
    }

    private final StringBuilder text = new StringBuilder();
    private Colour colour = Colour.PLAIN;
    private int depth;

    private ColouredDifference() {}

    static String of(List<AlertText> expected, List<AlertText> received) {
        var difference = new ColouredDifference();
        difference.alerts(orEmpty(expected), orEmpty(received));
        return difference.text.toString();
    }

    /** Where there is none, one without anything is shown. */
    private static List<AlertText> orEmpty(List<AlertText> alerts) {
        return alerts.isEmpty() ? List.of(new AlertText(new TreeMap<>(), new TreeMap<>())) : alerts;
    }

    private void alerts(List<AlertText> expected, List<AlertText> received) {
        int size = Math.max(expected.size(), received.size());
        open("[");
        for (int i = 0; i < size; i++) {
            if (i < expected.size() && i < received.size()) {
                alert(expected.get(i), received.get(i));
            } else if (i < expected.size()) {
                paint(Colour.MISSING);
                alert(expected.get(i));
            } else {
                paint(Colour.ADDED);
                alert(received.get(i));
            }
            paint(Colour.PLAIN);
            next(i == size - 1);
        }
        text.append(']');
    }

    private void alert(AlertText expected, AlertText received) {
        open("{");
        key("Annotations");
        labels(expected.annotations(), received.annotations());
        next(false);
        key("Labels");
        labels(expected.labels(), received.labels());
        next(true);
        text.append('}');
    }

    private void alert(AlertText alert) {
        open("{");
        key("Annotations");
        labels(alert.annotations());
        next(false);
        key("Labels");
        labels(alert.labels());
        next(true);
        text.append('}');
    }

    private void labels(Map<String, String> expected, Map<String, String> received) {
        SortedSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(received.keySet());
        if (names.isEmpty()) {
            text.append("{}");
            return;
        }
        open("{");
        for (String name : names) {
            String one = expected.getOrDefault(name, "");
            String other = received.getOrDefault(name, "");
            if (!received.containsKey(name)) {
                paint(Colour.MISSING);
                label(name, one);
            } else if (!expected.containsKey(name)) {
                paint(Colour.ADDED);
                label(name, other);
            } else if (one.equals(other)) {
                label(name, one);
            } else {
                key(name);
                paint(Colour.CHANGED);
                text.append(GoText.quote(one)).append(" => ").append(GoText.quote(other));
            }
            paint(Colour.PLAIN);
            next(name.equals(names.last()));
        }
        text.append('}');
    }

    private void labels(SortedMap<String, String> labels) {
        if (labels.isEmpty()) {
            text.append("{}");
            return;
        }
        open("{");
        labels.forEach((name, value) -> {
            label(name, value);
            next(name.equals(labels.lastKey()));
        });
        text.append('}');
    }

    private void label(String name, String value) {
        key(name);
        text.append(GoText.quote(value));
    }

    private void key(String name) {
        text.append(GoText.quote(name)).append(": ");
    }

    private void open(String bracket) {
        depth++;
        newline(bracket);
    }

    /** After an element: a comma, or out again. */
    private void next(boolean last) {
        depth -= last ? 1 : 0;
        newline(last ? "" : ",");
    }

    /** No colour reaches over the end of a line. */
    private void newline(String before) {
        text.append(before).append(colour.end).append('\n');
        text.append(INDENT.repeat(depth)).append(colour.begin);
    }

    private void paint(Colour next) {
        if (next != colour) {
            text.append(colour.end).append(next.begin);
            colour = next;
        }
    }
}
