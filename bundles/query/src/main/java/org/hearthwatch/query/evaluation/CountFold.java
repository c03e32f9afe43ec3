package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Cell;

/** How many there are, or just 1 if there are any. */
@SuppressWarnings("ArrayRecordComponent") // a column that grows into the result
record CountFold(double[] result, boolean counts) implements Fold {

    @Override
    public void add(double[] cells) {
        for (int step = 0; step < cells.length; step++) {
            if (!Cell.isAbsent(cells[step])) {
                result[step] = counts && !Cell.isAbsent(result[step]) ? result[step] + 1 : 1;
            }
        }
    }
}
