package org.hearthwatch.api.metric;

import java.util.List;

/** A number that only grows, from zero at the start of what is measured; name it {@code ..._total}. */
public record Counter(String name, String help, List<String> labelNames) implements Metric.Scalar {

    public Counter {
        labelNames = List.copyOf(labelNames);
        Metric.check(name, labelNames, "");
    }

    /** @throws IllegalArgumentException if a name is not allowed, see {@link Metric} */
    public static Counter of(String name, String help, String... labelNames) {
        return new Counter(name, help, List.of(labelNames));
    }

    @Override
    public MetricType type() {
        return MetricType.COUNTER;
    }
}
