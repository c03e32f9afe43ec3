package org.hearthwatch.api.metric;

import java.util.List;

/** Observations counted in buckets; its series are {@code _bucket} (with {@code le}), {@code _sum}, {@code _count}. */
public record Histogram(String name, String help, List<String> labelNames) implements Metric {

    /** The label that carries a bucket's upper bound. */
    public static final String BOUND = "le";

    public Histogram {
        labelNames = List.copyOf(labelNames);
        Metric.check(name, labelNames, BOUND);
    }

    /** @throws IllegalArgumentException if a name is not allowed, see {@link Metric} */
    public static Histogram of(String name, String help, String... labelNames) {
        return new Histogram(name, help, List.of(labelNames));
    }

    @Override
    public MetricType type() {
        return MetricType.HISTOGRAM;
    }

    /**
     * The state of one histogram series.
     *
     * @param buckets cumulative, by growing bound; the last bound is {@link Double#POSITIVE_INFINITY}
     * @param sum the sum of all observations
     */
    public record Snapshot(List<Bucket> buckets, double sum) {

        public Snapshot {
            buckets = List.copyOf(buckets);
            double bound = Double.NEGATIVE_INFINITY;
            double count = 0;
            for (Bucket bucket : buckets) {
                if (!(bucket.upperBound() > bound) || bucket.count() < count) {
                    throw new IllegalArgumentException(
                            "Buckets must grow in bound and never shrink in count: " + buckets);
                }
                bound = bucket.upperBound();
                count = bucket.count();
            }
            if (bound != Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("The last bucket's bound must be +Inf: " + buckets);
            }
        }

        /** All observations so far. */
        public double count() {
            return buckets.get(buckets.size() - 1).count();
        }
    }

    /** How many observations were at most {@code upperBound}. */
    public record Bucket(double upperBound, double count) {}
}
