package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Cell;

/** The least or the greatest; NaN only where there is nothing else. */
@SuppressWarnings("ArrayRecordComponent") // a column that grows into the result
record ExtremeFold(double[] result, boolean greatest) implements Fold {

    @Override
    public void add(double[] cells) {
        for (int step = 0; step < cells.length; step++) {
            double value = cells[step];
            if (Cell.isAbsent(value)) {
                continue;
            }
            double best = result[step];
            // NaN, and with it an absent cell, gives way to anything.
            if (Double.isNaN(best) || (greatest ? best < value : best > value)) {
                result[step] = value;
            }
        }
    }
}
