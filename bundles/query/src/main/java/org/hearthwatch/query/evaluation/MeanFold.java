package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Mean;

/** Means. */
final class MeanFold implements Fold {

    private final double[] result;
    private final Mean[] means;

    MeanFold(double[] blank) {
        this.result = blank;
        this.means = new Mean[blank.length];
    }

    @Override
    public void add(double[] cells) {
        for (int step = 0; step < cells.length; step++) {
            if (!Cell.isAbsent(cells[step])) {
                if (means[step] == null) {
                    means[step] = new Mean();
                }
                means[step].add(cells[step]);
            }
        }
    }

    @Override
    public double[] result() {
        for (int step = 0; step < result.length; step++) {
            if (means[step] != null) {
                result[step] = means[step].value();
            }
        }
        return result;
    }
}
