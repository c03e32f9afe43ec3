package org.hearthwatch.api.store;

import org.hearthwatch.api.metric.Labels;

/**
 * A condition on one label. A series without the label counts as having the empty value. Patterns are RE2 syntax,
 * anchored at both ends, as in Prometheus.
 *
 * @param label the label's name; {@link Labels#NAME} for the metric name
 */
public record Matcher(String label, Kind kind, String value) {

    /** How the label's value is held against the matcher's. */
    public enum Kind {
        EQUAL("="),
        NOT_EQUAL("!="),
        MATCHES("=~"),
        NOT_MATCHES("!~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        /** The operator as PromQL writes it. */
        public String sign() {
            return sign;
        }
    }

    public static Matcher equal(String label, String value) {
        return new Matcher(label, Kind.EQUAL, value);
    }

    /** The matcher for a metric's name. */
    public static Matcher metric(String name) {
        return equal(Labels.NAME, name);
    }

    @Override
    public String toString() {
        return label + kind.sign() + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
