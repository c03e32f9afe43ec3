package org.hearthwatch.api.metric;

import java.util.List;

/**
 * The declaration of a metric: its name, what it means, and which labels its series carry. Declare metrics as constants
 * and hand them to the sink with a value:
 *
 * <pre>{@code
 * static final Gauge FILES = Gauge.of("directory_files", "Regular files in the directory", "directory");
 * ...
 * sink.set(FILES, 12, "/var/spool/mail");
 * }</pre>
 *
 * <p>Names: any non-empty Unicode without control characters, up to {@value #NAME_LIMIT} characters; prefer
 * {@code [a-zA-Z_:][a-zA-Z0-9_:]*}, with the base unit as suffix ({@code _seconds}, {@code _bytes}) and {@code _total}
 * for counters. Label names follow the same rule and are not {@code __name__}, {@code le} (histograms) or
 * {@code quantile} (summaries).
 */
public sealed interface Metric permits Metric.Scalar, Histogram, Summary {

    /** The longest allowed metric or label name, in characters. */
    int NAME_LIMIT = 200;

    String name();

    MetricType type();

    /** One sentence for people, without line breaks being significant. */
    String help();

    /** The labels of every series of this metric, in the order their values are given to the sink. */
    List<String> labelNames();

    default MetricMetadata metadata() {
        return new MetricMetadata(name(), type(), help(), "");
    }

    /** A metric whose series are single numbers. */
    sealed interface Scalar extends Metric permits Counter, Gauge, Untyped {}

    /** @throws IllegalArgumentException naming the rule that a descriptor breaks */
    static void check(String name, List<String> labelNames, String reserved) {
        checkName("metric", name);
        for (int i = 0; i < labelNames.size(); i++) {
            String label = labelNames.get(i);
            checkName("label", label);
            if (label.equals(Labels.NAME) || label.equals(reserved)) {
                throw new IllegalArgumentException("Metric " + name + " must not declare the label " + label);
            }
            if (labelNames.indexOf(label) != i) {
                throw new IllegalArgumentException("Metric " + name + " declares the label " + label + " twice");
            }
        }
    }

    private static void checkName(String kind, String name) {
        if (name.isEmpty() || name.length() > NAME_LIMIT || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A " + kind + " name needs 1 to " + NAME_LIMIT
                    + " characters and no control characters: \"" + name + "\"");
        }
    }
}
