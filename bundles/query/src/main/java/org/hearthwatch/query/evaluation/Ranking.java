package org.hearthwatch.query.evaluation;

import java.util.Arrays;
import org.hearthwatch.query.syntax.Aggregator;

/**
 * The best few of many values, kept in a heap with the worst of them on top. Equal values keep their place, NaN gives way
 * to every number; which of several equal values go is as in Prometheus, whose heap is Go's. Not thread-safe.
 */
final class Ranking {

    private final Aggregator aggregator;
    private final int[] series;
    private final double[] values;
    private int size;

    Ranking(Aggregator aggregator, int capacity) {
        this.aggregator = aggregator;
        this.series = new int[capacity];
        this.values = new double[capacity];
    }

    void clear() {
        size = 0;
    }

    /** Takes a value in if it is among the best {@code limit} so far. */
    void offer(int index, double value, int limit) {
        if (size < limit) {
            series[size] = index;
            values[size] = value;
            size++;
            up(size - 1);
        } else if (limit > 0 && ranks() && better(value, values[0])) {
            series[0] = index;
            values[0] = value;
            down();
        }
    }

    /** Whether the best are wanted; otherwise it is the first, which lie in the same heap all the same. */
    private boolean ranks() {
        return aggregator == Aggregator.TOPK || aggregator == Aggregator.BOTTOMK;
    }

    private boolean better(double value, double than) {
        boolean beyond = aggregator == Aggregator.TOPK ? than < value : than > value;
        return beyond || (Double.isNaN(than) && !Double.isNaN(value));
    }

    /** Whether the first stands nearer to the top, where the worst is. */
    private boolean above(int first, int second) {
        double value = values[first];
        return Double.isNaN(value)
                || (aggregator == Aggregator.BOTTOMK ? value > values[second] : value < values[second]);
    }

    private void up(int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!above(place, parent)) {
                return;
            }
            swap(place, parent);
            place = parent;
        }
    }

    private void down() {
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && above(child + 1, child)) {
                child++;
            }
            if (!above(child, place)) {
                return;
            }
            swap(place, child);
            place = child;
        }
    }

    private void swap(int a, int b) {
        int index = series[a];
        double value = values[a];
        series[a] = series[b];
        values[a] = values[b];
        series[b] = index;
        values[b] = value;
    }

    /** The indices of those taken in: the best first, or where they are not ranked as the heap has them. */
    int[] best() {
        if (ranks()) {
            for (int i = 1; i < size; i++) {
                for (int j = i; j > 0 && above(j - 1, j); j--) {
                    swap(j, j - 1);
                }
            }
        }
        return Arrays.copyOf(series, size);
    }
}
