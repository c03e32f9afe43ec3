package org.hearthwatch.alert.unittest;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.hearthwatch.alert.text.GoText;

/** How {@code promtool test rules} shows what it expected and what it got. */
final class Differences {

    private Differences() {}

    /** An alert with all that is compared. */
    record AlertText(TreeMap<String, String> labels, TreeMap<String, String> annotations)
            implements Comparable<AlertText> {

        @Override
        public int compareTo(AlertText other) {
            int order = Differences.labels(labels).compareTo(Differences.labels(other.labels));
            return order == 0
                    ? Differences.labels(annotations).compareTo(Differences.labels(other.annotations))
                    : order;
        }
    }

    /** Labels as Go prints them: {@code {__name__="up", job="x"}}. */
    static String labels(Map<String, String> labels) {
        var text = new StringJoiner(", ", "{", "}");
        labels.forEach((name, value) -> {
            boolean simple = name.matches("[a-zA-Z_][a-zA-Z0-9_]*");
            text.add((simple ? name : GoText.quote(name)) + "=" + GoText.quote(value));
        });
        return text.toString();
    }

    static String shown(List<AlertText> alerts) {
        if (alerts.isEmpty()) {
            return "[]";
        }
        var text = new StringJoiner(",\n", "[\n", "\n]");
        for (int i = 0; i < alerts.size(); i++) {
            AlertText alert = alerts.get(i);
            text.add(i + ":"
                    + indented(
                            "\nLabels:" + labels(alert.labels()) + "\nAnnotations:" + labels(alert.annotations()), 2));
        }
        return text.toString();
    }

    /** Every line but the first moved to the right. */
    static String indented(String text, int by) {
        return text.replace("\n", "\n" + " ".repeat(by));
    }
}
