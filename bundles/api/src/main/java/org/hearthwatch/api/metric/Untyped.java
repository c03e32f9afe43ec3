package org.hearthwatch.api.metric;

import java.util.List;

/** A number of which the type is not known. */
public record Untyped(String name, String help, List<String> labelNames) implements Metric.Scalar {

    public Untyped {
        labelNames = List.copyOf(labelNames);
        Metric.check(name, labelNames, "");
    }

    /** @throws IllegalArgumentException if a name is not allowed, see {@link Metric} */
    public static Untyped of(String name, String help, String... labelNames) {
        return new Untyped(name, help, List.of(labelNames));
    }

    @Override
    public MetricType type() {
        return MetricType.UNKNOWN;
    }
}
