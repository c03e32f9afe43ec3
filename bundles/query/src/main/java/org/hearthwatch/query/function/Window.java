package org.hearthwatch.query.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series within a range of time, and the moment they are asked for. A view that moves: the arrays
 * are the series' own, of which the places from {@link #from} up to but without {@link #to} count. Not thread-safe.
 */
public final class Window {

    private Samples samples = new Samples();
    private long[] times = {};
    private double[] values = {};
    private double[] parameters = {};
    private int from;
    private int to;
    private long start;
    private long end;
    private long evaluation;
    private int[] resets = {};
    private int resetCount;
    private int knownResets;
    private int firstReset;
    private int best;
    private int knownBest;

    /** Looks at another series, which has no stale markers. */
    public void over(Samples series) {
        this.samples = series;
        this.times = series.times();
        this.values = series.values();
        this.from = 0;
        this.to = 0;
        this.resetCount = 0;
        this.knownResets = 1;
        this.firstReset = 0;
        this.knownBest = 0;
    }

    /**
     * Moves to other bounds; moving forward is cheap, moving back starts over.
     *
     * @param start the samples after this count, in milliseconds
     * @param end the samples up to this count
     * @param size how many places of the arrays are filled
     */
    public void move(long start, long end, int size) {
        if ((from > 0 && times[from - 1] > start) || (to > 0 && times[to - 1] > end)) {
            from = 0;
            to = 0;
            knownBest = 0;
        }
        while (from < size && times[from] <= start) {
            from++;
        }
        to = Math.max(to, from);
        while (to < size && times[to] <= end) {
            to++;
        }
        this.start = start;
        this.end = end;
    }

    /** Sets the moment of evaluation in milliseconds, and the function's further arguments at that moment. */
    public void ask(long evaluation, double... parameters) {
        this.evaluation = evaluation;
        this.parameters = parameters;
    }

    public int size() {
        return to - from;
    }

    /** Whether a coarser tier stands in for the samples. */
    public boolean isTiered() {
        return samples.isTiered();
    }

    /** The histogram at an index; nothing where there is a number. */
    public @Nullable Distribution histogram(int index) {
        return samples.histogram(from + index);
    }

    /** How many of the samples are histograms. */
    public int histograms() {
        int histograms = 0;
        for (int i = from; samples.hasHistograms() && i < to; i++) {
            histograms += samples.histogram(i) == null ? 0 : 1;
        }
        return histograms;
    }

    /** How many samples, a histogram counting for more than one. */
    public long weight() {
        if (!samples.hasHistograms()) {
            return size();
        }
        long weight = 0;
        for (int i = from; i < to; i++) {
            Distribution histogram = samples.histogram(i);
            weight += histogram == null ? 1 : histogram.weight();
        }
        return weight;
    }

    /** The same range of time with the numbers alone. */
    public Window numbers() {
        var others = new long[size()];
        var numbers = new double[size()];
        int size = 0;
        for (int i = from; i < to; i++) {
            if (samples.histogram(i) == null) {
                others[size] = times[i];
                numbers[size++] = values[i];
            }
        }
        var window = new Window();
        window.over(new Samples().over(others, numbers, size));
        window.move(start, end, size);
        window.ask(evaluation, parameters);
        return window;
    }

    /** Milliseconds since the Unix epoch; indices count from the window's first sample. */
    public long time(int index) {
        return times[from + index];
    }

    public double value(int index) {
        return values[from + index];
    }

    public double first() {
        return values[from];
    }

    public double last() {
        return values[to - 1];
    }

    /**
     * What a counter grew by between the first and the last sample, falls counted as starts from zero. A sample is looked
     * at for a fall once, however many windows it lies in.
     */
    double changeOverResets() {
        for (; knownResets < to; knownResets++) {
            if (values[knownResets] < values[knownResets - 1]) {
                if (resetCount == resets.length) {
                    resets = Arrays.copyOf(resets, Math.max(8, 2 * resetCount));
                }
                resets[resetCount++] = knownResets;
            }
        }
        while (firstReset > 0 && resets[firstReset - 1] > from) {
            firstReset--;
        }
        while (firstReset < resetCount && resets[firstReset] <= from) {
            firstReset++;
        }
        double change = values[to - 1] - values[from];
        for (int i = firstReset; i < resetCount && resets[i] < to; i++) {
            change += values[resets[i] - 1];
        }
        return change;
    }

    /**
     * The least or the greatest value, the first of equal ones; NaN only where there is nothing else. While it stays within
     * the range, only what is new there is compared. Of one series always ask for the same.
     */
    double extreme(boolean greatest) {
        int next = knownBest;
        if (next <= from || best < from) {
            best = from;
            next = from + 1;
        }
        double value = values[best];
        for (; next < to; next++) {
            double other = values[next];
            if (Double.isNaN(value) || (greatest ? other > value : other < value)) {
                value = other;
                best = next;
            }
        }
        knownBest = to;
        return value;
    }

    /** Where the range begins; itself no part of it. */
    public long start() {
        return start;
    }

    /** Where the range ends. */
    public long end() {
        return end;
    }

    /** The moment of evaluation, which {@code offset} and {@code @} do not move. */
    public long evaluation() {
        return evaluation;
    }

    /** A further argument of the function. */
    public double parameter(int index) {
        return parameters[index];
    }
}
