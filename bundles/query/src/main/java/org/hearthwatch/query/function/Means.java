package org.hearthwatch.query.function;

/** A column of means, each as {@link Mean} makes it, without an object a cell. Not thread-safe. */
public final class Means {

    private final double[] sums;
    private final double[] lost;
    private final int[] counts;
    /** Of cells whose sum has overflown; nothing as long as none has. */
    private Mean[] stepwise = {};

    public Means(int cells) {
        sums = new double[cells];
        lost = new double[cells];
        counts = new int[cells];
    }

    /** Adds a column; absent cells are left out. */
    public void add(double[] cells) {
        for (int i = 0; i < cells.length; i++) {
            double value = cells[i];
            if (Cell.isAbsent(value)) {
                continue;
            }
            int count = ++counts[i];
            double sum = sums[i];
            double next = count == 1 ? value : sum + value;
            if (count == 1) {
                sums[i] = value;
            } else if (stepwise.length > 0 && stepwise[i] != null) {
                stepwise[i].add(value);
            } else if (Double.isInfinite(next)) {
                overflow(i, value);
            } else {
                lost[i] += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
                sums[i] = next;
            }
        }
    }

    private void overflow(int cell, double value) {
        if (stepwise.length == 0) {
            stepwise = new Mean[sums.length];
        }
        stepwise[cell] = Mean.of(sums[cell], lost[cell], counts[cell] - 1);
        stepwise[cell].add(value);
    }

    /** Puts the means into a column, where there are any. */
    public void into(double[] cells) {
        for (int i = 0; i < cells.length; i++) {
            if (counts[i] > 0) {
                boolean overflown = stepwise.length > 0 && stepwise[i] != null;
                cells[i] = overflown ? stepwise[i].value() : sums[i] / counts[i] + lost[i] / counts[i];
            }
        }
    }
}
