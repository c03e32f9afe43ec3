package org.hearthwatch.api.metric;

import java.util.List;

/** Observations with quantiles computed at the source; its series are the quantiles, {@code _sum} and {@code _count}. */
public record Summary(String name, String help, List<String> labelNames) implements Metric {

    /** The label that carries the quantile. */
    public static final String QUANTILE = "quantile";

    public Summary {
        labelNames = List.copyOf(labelNames);
        Metric.check(name, labelNames, QUANTILE);
    }

    /** @throws IllegalArgumentException if a name is not allowed, see {@link Metric} */
    public static Summary of(String name, String help, String... labelNames) {
        return new Summary(name, help, List.of(labelNames));
    }

    @Override
    public MetricType type() {
        return MetricType.SUMMARY;
    }

    /** The state of one summary series. */
    public record Snapshot(List<Quantile> quantiles, double count, double sum) {

        public Snapshot {
            quantiles = List.copyOf(quantiles);
        }
    }

    /**
     * One quantile.
     *
     * @param rank from 0 to 1
     * @param value in the unit of the metric, NaN where nothing was observed
     */
    public record Quantile(double rank, double value) {

        public Quantile {
            if (!(rank >= 0 && rank <= 1)) {
                throw new IllegalArgumentException("A quantile's rank lies between 0 and 1: " + rank);
            }
        }
    }
}
