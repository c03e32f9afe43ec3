package org.hearthwatch.query.function;

import java.util.Arrays;

/** The quantile of a set of numbers, interpolated between the two nearest. */
public final class Quantile {

    private Quantile() {}

    /**
     * The value below which a share of the numbers lies.
     *
     * @param values sorted by this call, NaN before all others; none gives NaN
     * @param size how many places of the array count
     * @param share from 0 to 1; below is -Inf, above +Inf
     */
    public static double of(double share, double[] values, int size) {
        if (size == 0 || Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (share > 1) {
            return Double.POSITIVE_INFINITY;
        }
        sortNanFirst(values, size);
        double rank = share * (size - 1);
        int lower = (int) Math.max(0, Math.floor(rank));
        int upper = Math.min(size - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return values[lower] * (1 - weight) + values[upper] * weight;
    }

    private static void sortNanFirst(double[] values, int size) {
        int numbers = size;
        for (int i = 0; i < numbers; ) {
            if (Double.isNaN(values[i])) {
                numbers--;
                double last = values[numbers];
                values[numbers] = values[i];
                values[i] = last;
            } else {
                i++;
            }
        }
        Arrays.sort(values, 0, numbers);
        int nans = size - numbers;
        if (nans > 0) {
            System.arraycopy(values, 0, values, nans, numbers);
            Arrays.fill(values, 0, nans, Double.NaN);
        }
    }
}
