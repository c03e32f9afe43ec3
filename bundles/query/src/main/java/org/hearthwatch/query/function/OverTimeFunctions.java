package org.hearthwatch.query.function;

import java.util.Arrays;

/** Statistics of the samples in a range: {@code sum_over_time} and its like. */
final class OverTimeFunctions {

    private OverTimeFunctions() {}

    static double sum(Window window) {
        var sum = new Sum();
        for (int i = 0; i < window.size(); i++) {
            sum.add(window.value(i));
        }
        return Double.isInfinite(sum.raw()) ? sum.raw() : sum.value();
    }

    static double average(Window window) {
        var mean = new Mean();
        for (int i = 0; i < window.size(); i++) {
            mean.add(window.value(i));
        }
        return mean.value();
    }

    static double minimum(Window window) {
        return window.extreme(false);
    }

    static double maximum(Window window) {
        return window.extreme(true);
    }

    static double timeOfMinimum(Window window) {
        int at = 0;
        for (int i = 1; i < window.size(); i++) {
            if (window.value(i) <= window.value(at) || Double.isNaN(window.value(at))) {
                at = i;
            }
        }
        return window.time(at) / 1e3;
    }

    static double timeOfMaximum(Window window) {
        int at = 0;
        for (int i = 1; i < window.size(); i++) {
            if (window.value(i) >= window.value(at) || Double.isNaN(window.value(at))) {
                at = i;
            }
        }
        return window.time(at) / 1e3;
    }

    static double variance(Window window) {
        var mean = new Sum();
        var squares = new Sum();
        for (int i = 0; i < window.size(); i++) {
            double value = window.value(i);
            double delta = value - mean.value();
            mean.add(delta / (i + 1));
            squares.add(delta * (value - mean.value()));
        }
        return squares.value() / window.size();
    }

    static double quantile(Window window) {
        return Quantile.of(window.parameter(0), copy(window), window.size());
    }

    /** The median of the distances from the median. */
    static double medianDeviation(Window window) {
        double median = Quantile.of(0.5, copy(window), window.size());
        double[] distances = copy(window);
        Arrays.setAll(distances, i -> Math.abs(distances[i] - median));
        return Quantile.of(0.5, distances, distances.length);
    }

    static double changes(Window window) {
        int changes = 0;
        for (int i = 1; i < window.size(); i++) {
            double before = window.value(i - 1);
            double value = window.value(i);
            if (value != before && !(Double.isNaN(value) && Double.isNaN(before))) {
                changes++;
            }
        }
        return changes;
    }

    static double resets(Window window) {
        int resets = 0;
        for (int i = 1; i < window.size(); i++) {
            if (window.value(i) < window.value(i - 1)) {
                resets++;
            }
        }
        return resets;
    }

    private static double[] copy(Window window) {
        var values = new double[window.size()];
        Arrays.setAll(values, window::value);
        return values;
    }
}
