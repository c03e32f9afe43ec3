package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Cell;

/** Sums that keep what rounding loses, as {@code org.hearthwatch.query.function} adds, a column at a time. */
@SuppressWarnings("ArrayRecordComponent") // columns that grow into the result
record SumFold(double[] sums, double[] lost) implements Fold {

    @Override
    public void add(double[] cells) {
        for (int step = 0; step < cells.length; step++) {
            double term = cells[step];
            if (Cell.isAbsent(term)) {
                continue;
            }
            double sum = sums[step];
            if (Cell.isAbsent(sum)) {
                sums[step] = term;
                continue;
            }
            double next = sum + term;
            if (Double.isInfinite(next)) {
                lost[step] = 0;
            } else if (Math.abs(sum) >= Math.abs(term)) {
                lost[step] += (sum - next) + term;
            } else {
                lost[step] += (term - next) + sum;
            }
            sums[step] = next;
        }
    }

    @Override
    public double[] result() {
        for (int step = 0; step < sums.length; step++) {
            if (!Cell.isAbsent(sums[step])) {
                sums[step] += lost[step];
            }
        }
        return sums;
    }
}
