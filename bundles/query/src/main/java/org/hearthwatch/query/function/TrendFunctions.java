package org.hearthwatch.query.function;

/** Where a series is heading: {@code deriv}, {@code predict_linear}, {@code double_exponential_smoothing}. */
final class TrendFunctions {

    private TrendFunctions() {}

    static double slope(Window window) {
        return window.size() < 2
                ? Cell.ABSENT
                : Regression.of(window, window.time(0)).slope();
    }

    static double prediction(Window window) {
        if (window.size() < 2) {
            return Cell.ABSENT;
        }
        Regression line = Regression.of(window, window.evaluation());
        return line.slope() * window.parameter(0) + line.intercept();
    }

    /** Holt's linear method; the arguments are the smoothing factor and the trend factor, both between 0 and 1. */
    static double smoothed(Window window) {
        if (window.size() < 2) {
            return Cell.ABSENT;
        }
        double smoothing = window.parameter(0);
        double trendFactor = window.parameter(1);
        double before = 0;
        double level = window.first();
        double trend = window.value(1) - window.first();
        for (int i = 1; i < window.size(); i++) {
            if (i > 1) {
                trend = trendFactor * (level - before) + (1 - trendFactor) * trend;
            }
            double next = smoothing * window.value(i) + (1 - smoothing) * (level + trend);
            before = level;
            level = next;
        }
        return level;
    }

    /** The line with the least squares of distances, with x in seconds from a moment. */
    private record Regression(double slope, double intercept) {

        static Regression of(Window window, long origin) {
            int n = window.size();
            var x = new Sum();
            var y = new Sum();
            var xy = new Sum();
            var xx = new Sum();
            boolean constant = true;
            for (int i = 0; i < n; i++) {
                double seconds = (window.time(i) - origin) / 1e3;
                double value = window.value(i);
                constant &= i == 0 || value == window.first();
                x.add(seconds);
                y.add(value);
                xy.add(seconds * value);
                xx.add(seconds * seconds);
            }
            if (constant) {
                boolean infinite = Double.isInfinite(window.first());
                return infinite ? new Regression(Double.NaN, Double.NaN) : new Regression(0, window.first());
            }
            double covariance = xy.value() - x.value() * y.value() / n;
            double variance = xx.value() - x.value() * x.value() / n;
            double slope = covariance / variance;
            return new Regression(slope, y.value() / n - slope * x.value() / n);
        }
    }
}
