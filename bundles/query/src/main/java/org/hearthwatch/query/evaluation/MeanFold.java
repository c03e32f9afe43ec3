package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Means;

/** Means. */
final class MeanFold implements Fold {

    private final double[] result;
    private final Means means;

    MeanFold(double[] blank) {
        this.result = blank;
        this.means = new Means(blank.length);
    }

    @Override
    public void add(double[] cells) {
        means.add(cells);
    }

    @Override
    public double[] result() {
        means.into(result);
        return result;
    }
}
