package org.hearthwatch.store.blocks;

import java.util.Arrays;
import java.util.Optional;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleBuffer;
import org.jspecify.annotations.Nullable;

/** Samples of many series in the order they come, up to a number, to be sorted and taken out by series and time. */
final class LooseSamples {

    private final int[] refs;
    private final long[] times;
    private final double[] values;
    private final @Nullable NativeHistogram[] histograms;
    private int[] order;
    private int[] spare;
    private int size;

    LooseSamples(int most) {
        refs = new int[most];
        times = new long[most];
        values = new double[most];
        histograms = new @Nullable NativeHistogram[most];
        order = new int[most];
        spare = new int[most];
    }

    boolean isFull() {
        return size == refs.length;
    }

    int size() {
        return size;
    }

    void add(int ref, long time, double value, Optional<NativeHistogram> histogram) {
        refs[size] = ref;
        times[size] = time;
        values[size] = value;
        histograms[size] = histogram.orElse(null);
        size++;
    }

    void clear() {
        Arrays.fill(histograms, 0, size, null);
        size = 0;
    }

    /** Sorts by series and time; of two of one time the later comes behind. */
    void sort() {
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int run = 1; run < size; run *= 2) {
            for (int from = 0; from < size; from += 2 * run) {
                merge(from, Math.min(from + run, size), Math.min(from + 2 * run, size));
            }
            int[] sorted = spare;
            spare = order;
            order = sorted;
        }
    }

    private void merge(int from, int middle, int to) {
        int a = from;
        int b = middle;
        for (int i = from; i < to; i++) {
            boolean first = b >= to || (a < middle && !isBefore(order[b], order[a]));
            spare[i] = first ? order[a++] : order[b++];
        }
    }

    private boolean isBefore(int a, int b) {
        return refs[a] != refs[b] ? refs[a] < refs[b] : times[a] < times[b];
    }

    /** The series at a place of the sorted ones. */
    int ref(int place) {
        return refs[order[place]];
    }

    long time(int place) {
        return times[order[place]];
    }

    /** The place behind the last of the series that begins at a place. */
    int endOf(int place) {
        int end = place + 1;
        while (end < size && ref(end) == ref(place)) {
            end++;
        }
        return end;
    }

    /** Adds the samples of a series from one time to another to a buffer; of two of one time the later. */
    void read(int from, int end, long first, long last, SampleBuffer into) {
        for (int i = placeOf(from, end, first); i < end && time(i) <= last; i++) {
            if (i + 1 == end || time(i + 1) != time(i)) {
                NativeHistogram histogram = histograms[order[i]];
                if (histogram != null) {
                    into.add(time(i), histogram);
                } else {
                    into.add(time(i), values[order[i]]);
                }
            }
        }
    }

    private int placeOf(int from, int end, long time) {
        int low = from;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
