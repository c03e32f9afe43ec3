package org.hearthwatch.store.log;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.hearthwatch.api.metric.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** Samples on their way to or from the log, as columns: numbers, and native histograms. Not thread-safe. */
public final class Pending {

    private static final int FIRST = 64;
    private static final int KEPT = 65_536;
    private static final int BUCKETS_AS_A_SAMPLE = 4;

    private int[] refs;
    private long[] times;
    private long[] bits;
    private @Nullable NativeHistogram @Nullable [] histograms;
    private int size;
    private int weight;

    public Pending() {
        this(FIRST);
    }

    /** With room for so many. */
    public Pending(int room) {
        refs = new int[room];
        times = new long[room];
        bits = new long[room];
    }

    /** Adds a number, as the bits of a double. */
    public void add(int ref, long time, long valueBits) {
        if (size == refs.length) {
            grow(Math.max(FIRST, 2 * size));
        }
        refs[size] = ref;
        times[size] = time;
        bits[size] = valueBits;
        size++;
        weight++;
    }

    /** Adds a histogram. */
    public void add(int ref, long time, NativeHistogram histogram) {
        add(ref, time, 0);
        if (histograms == null) {
            histograms = new @Nullable NativeHistogram[refs.length];
        }
        histograms[size - 1] = histogram;
        weight += weightOf(histogram) - 1;
    }

    /** Adds all of another. */
    public void addAll(Pending others) {
        int all = size + others.size;
        if (all > refs.length) {
            grow(Math.max(all, size + (size >> 1)));
        }
        System.arraycopy(others.refs, 0, refs, size, others.size);
        System.arraycopy(others.times, 0, times, size, others.size);
        System.arraycopy(others.bits, 0, bits, size, others.size);
        if (others.histograms != null) {
            if (histograms == null) {
                histograms = new @Nullable NativeHistogram[refs.length];
            }
            System.arraycopy(others.histograms, 0, histograms, size, others.size);
        }
        size = all;
        weight += others.weight;
    }

    private void grow(int room) {
        refs = Arrays.copyOf(refs, room);
        times = Arrays.copyOf(times, room);
        bits = Arrays.copyOf(bits, room);
        if (histograms != null) {
            histograms = Arrays.copyOf(histograms, room);
        }
    }

    public int size() {
        return size;
    }

    /** How much memory they take, in numbers: a histogram counts as several. */
    public int weight() {
        return weight;
    }

    /** What a histogram weighs. */
    public static int weightOf(NativeHistogram histogram) {
        int buckets = histogram.positive().size() + histogram.negative().size();
        return 4 + buckets / BUCKETS_AS_A_SAMPLE;
    }

    /** The number of the series. */
    public int ref(int index) {
        return refs[index];
    }

    public long time(int index) {
        return times[index];
    }

    /** The bits of the number; meaningless for a histogram. */
    public long bits(int index) {
        return bits[index];
    }

    /** The histogram, where the sample is one. */
    public Optional<NativeHistogram> histogram(int index) {
        return Optional.ofNullable(histogramAt(index));
    }

    @Nullable
    NativeHistogram histogramAt(int index) {
        return histograms == null ? null : histograms[index];
    }

    boolean hasHistograms() {
        return histograms != null;
    }

    /** Takes some of those from a place on out. */
    void removeIf(int from, IntPredicate unwanted) {
        int kept = from;
        for (int i = from; i < size; i++) {
            if (!unwanted.test(i)) {
                refs[kept] = refs[i];
                times[kept] = times[i];
                bits[kept] = bits[i];
                if (histograms != null) {
                    histograms[kept] = histograms[i];
                }
                kept++;
            }
        }
        if (histograms != null) {
            Arrays.fill(histograms, kept, size, null);
        }
        size = kept;
    }

    /** Takes all out, and keeps the room for as many. */
    void empty() {
        histograms = null;
        size = 0;
        weight = 0;
    }

    /** Takes all out; what was there is no longer held. */
    public void clear() {
        if (size > KEPT) {
            refs = new int[FIRST];
            times = new long[FIRST];
            bits = new long[FIRST];
        }
        empty();
    }
}
