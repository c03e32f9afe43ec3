package org.hearthwatch.query.evaluation;

import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * One series of a result: its labels and a column with a cell for every step. Whoever computes a row owns its column and
 * may write into it.
 *
 * @param nameGoes whether the name is to be dropped in the end, where that is put off until then
 * @param histograms native histograms for the steps that have one; their cells are absent. Nothing if no step has
 */
@SuppressWarnings("ArrayRecordComponent") // a column, the point of this type
record Row(
        Labels labels,
        boolean nameGoes,
        double[] cells,
        @Nullable Distribution @Nullable [] histograms) {

    Row(Labels labels, double[] cells) {
        this(labels, false, cells, null);
    }

    Row(Labels labels, boolean nameGoes, double[] cells) {
        this(labels, nameGoes, cells, null);
    }

    /** The same values under other labels. */
    Row with(Labels others, boolean dropsName) {
        return new Row(others, dropsName, cells, histograms);
    }

    /** The same with columns of its own. */
    Row copy() {
        return new Row(labels, nameGoes, cells.clone(), histograms == null ? null : histograms.clone());
    }

    /** Whether there is a number. */
    boolean has(int step) {
        return !Cell.isAbsent(cells[step]);
    }

    @Nullable
    Distribution histogram(int step) {
        return histograms == null ? null : histograms[step];
    }

    /** Whether there is a number or a histogram. */
    boolean isPresent(int step) {
        return !Cell.isAbsent(cells[step]) || (histograms != null && histograms[step] != null);
    }

    void clear(int step) {
        cells[step] = Cell.ABSENT;
        if (histograms != null) {
            histograms[step] = null;
        }
    }

    boolean isEmpty() {
        for (int step = 0; step < cells.length; step++) {
            if (isPresent(step)) {
                return false;
            }
        }
        return true;
    }

    /** What it holds where samples are limited: a place for every step, and what histograms take beyond. */
    long weight() {
        long weight = cells.length;
        if (histograms != null) {
            for (Distribution histogram : histograms) {
                weight += histogram == null ? 0 : histogram.weight();
            }
        }
        return weight;
    }
}
