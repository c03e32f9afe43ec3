package org.hearthwatch.alert.unittest;

import java.util.Arrays;
import java.util.Optional;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.jspecify.annotations.Nullable;

/** The samples of one series in growing time. Not thread-safe. */
final class SampleColumns {

    private long[] timestamps = new long[16];
    private double[] values = new double[16];
    private @Nullable NativeHistogram @Nullable [] histograms;
    private int size;

    /** Adds a sample in its place; says whether it is the same as, or instead of, none that is there. */
    boolean add(long timestamp, double value, Optional<NativeHistogram> histogram) {
        int at = firstAtOrAfter(timestamp);
        if (at < size && timestamps[at] == timestamp) {
            return Double.doubleToRawLongBits(values[at]) == Double.doubleToRawLongBits(value)
                    && histogramAt(at).equals(histogram);
        }
        if (size == timestamps.length) {
            timestamps = Arrays.copyOf(timestamps, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            histograms = histograms == null ? null : Arrays.copyOf(histograms, 2 * size);
        }
        System.arraycopy(timestamps, at, timestamps, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        timestamps[at] = timestamp;
        values[at] = value;
        if (histogram.isPresent() && histograms == null) {
            histograms = new @Nullable NativeHistogram[timestamps.length];
        }
        if (histograms != null) {
            System.arraycopy(histograms, at, histograms, at + 1, size - at);
            histograms[at] = histogram.map(sample -> hinted(sample, at)).orElse(null);
        }
        size++;
        return true;
    }

    private Optional<NativeHistogram> histogramAt(int at) {
        return histograms == null ? Optional.empty() : Optional.ofNullable(histograms[at]);
    }

    /** With what Prometheus's storage would know of resets: nothing of the first one of a run, then whether one was. */
    private NativeHistogram hinted(NativeHistogram sample, int at) {
        ResetHint hint = sample.resetHint();
        Optional<NativeHistogram> before = at == 0 ? Optional.empty() : histogramAt(at - 1);
        if (hint != ResetHint.GAUGE) {
            if (before.isPresent() && before.get().resetHint() != ResetHint.GAUGE) {
                boolean reset = hint == ResetHint.RESET || HistogramSteps.isReset(before.get(), sample);
                hint = reset ? ResetHint.RESET : ResetHint.NO_RESET;
            } else if (hint != ResetHint.RESET) {
                hint = ResetHint.UNKNOWN;
            }
        }
        return new NativeHistogram(
                hint,
                sample.schema(),
                sample.zeroThreshold(),
                sample.zeroCount(),
                sample.count(),
                sample.sum(),
                sample.positive(),
                sample.negative(),
                sample.customBounds());
    }

    boolean hasWithin(long from, long to) {
        int at = firstAtOrAfter(from);
        return at < size && timestamps[at] <= to;
    }

    void read(long from, long to, SampleBuffer into) {
        into.clear();
        for (int i = firstAtOrAfter(from); i < size && timestamps[i] <= to; i++) {
            Optional<NativeHistogram> histogram = histogramAt(i);
            if (histogram.isPresent()) {
                into.add(timestamps[i], histogram.get());
            } else {
                into.add(timestamps[i], values[i]);
            }
        }
    }

    /** Where the newest sample is, if it is no stale marker and not too old. */
    Optional<Integer> latest(long notBefore) {
        boolean shown = size > 0 && timestamps[size - 1] >= notBefore && !Staleness.isStale(values[size - 1]);
        return shown ? Optional.of(size - 1) : Optional.empty();
    }

    long timestamp(int index) {
        return timestamps[index];
    }

    double value(int index) {
        return values[index];
    }

    private int firstAtOrAfter(long timestamp) {
        int at = Arrays.binarySearch(timestamps, 0, size, timestamp);
        return at < 0 ? -at - 1 : at;
    }
}
