package org.hearthwatch.api.metric;

import java.util.List;

/** A number that goes up and down. */
public record Gauge(String name, String help, List<String> labelNames) implements Metric.Scalar {

    public Gauge {
        labelNames = List.copyOf(labelNames);
        Metric.check(name, labelNames, "");
    }

    /** @throws IllegalArgumentException if a name is not allowed, see {@link Metric} */
    public static Gauge of(String name, String help, String... labelNames) {
        return new Gauge(name, help, List.of(labelNames));
    }

    @Override
    public MetricType type() {
        return MetricType.GAUGE;
    }
}
