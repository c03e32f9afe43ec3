package org.hearthwatch.benchmarks;

import java.util.Arrays;

/** Numbers of one kind, such as milliseconds per run, as they come in. */
public final class Measurements {

    private double[] values = new double[64];
    private int size;

    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    public double median() {
        return quantile(0.5);
    }

    /** The value that this part of all do not exceed; NaN if there are none. */
    public double quantile(double part) {
        if (size == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, Math.round(part * (size - 1)))];
    }
}
