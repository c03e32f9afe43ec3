package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Cell;

/** Population variances or standard deviations, by Welford's method. */
@SuppressWarnings("ArrayRecordComponent") // columns that grow into the result
record VarianceFold(double[] result, double[] means, double[] counts, boolean root) implements Fold {

    @Override
    public void add(double[] cells) {
        for (int step = 0; step < cells.length; step++) {
            double value = cells[step];
            if (Cell.isAbsent(value)) {
                continue;
            }
            counts[step]++;
            if (counts[step] == 1) {
                means[step] = value;
                result[step] = Double.isNaN(value) || Double.isInfinite(value) ? Double.NaN : 0;
                continue;
            }
            double delta = value - means[step];
            means[step] += delta / counts[step];
            result[step] += delta * (value - means[step]);
        }
    }

    @Override
    public double[] result() {
        for (int step = 0; step < result.length; step++) {
            if (counts[step] > 0) {
                double variance = result[step] / counts[step];
                result[step] = root ? Math.sqrt(variance) : variance;
            }
        }
        return result;
    }
}
