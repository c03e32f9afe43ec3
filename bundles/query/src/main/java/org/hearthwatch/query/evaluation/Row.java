package org.hearthwatch.query.evaluation;

import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;

/**
 * One series of a result: its labels and a column with a cell for every step. Whoever computes a row owns its column and
 * may write into it.
 *
 * @param nameGoes whether the name is to be dropped in the end, where that is put off until then
 */
@SuppressWarnings("ArrayRecordComponent") // a column, the point of this type
record Row(Labels labels, boolean nameGoes, double[] cells) {

    Row(Labels labels, double[] cells) {
        this(labels, false, cells);
    }

    boolean has(int step) {
        return !Cell.isAbsent(cells[step]);
    }

    boolean isEmpty() {
        for (double cell : cells) {
            if (!Cell.isAbsent(cell)) {
                return false;
            }
        }
        return true;
    }
}
