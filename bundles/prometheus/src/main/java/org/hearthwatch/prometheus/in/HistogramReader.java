package org.hearthwatch.prometheus.in;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;

/**
 * Reads {@code Histogram} of remote write (prompb/types.proto, the same in 2.0), in its flavour of integers, whose buckets
 * are differences, and of floats. Checks what Prometheus checks: spans fit the buckets, no count is negative, and the
 * integers add up. Not thread-safe; reused from histogram to histogram.
 */
final class HistogramReader {

    /**
     * What is kept of what a sender says. Whether a counter was reset is found by comparing it with the one before it,
     * as Prometheus does: what the sender compared it with may never have come.
     */
    private static final ResetHint[] HINTS = {ResetHint.UNKNOWN, ResetHint.UNKNOWN, ResetHint.UNKNOWN, ResetHint.GAUGE};

    private boolean floats;
    private double count;
    private double sum;
    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private ResetHint hint = ResetHint.UNKNOWN;
    private long timestamp;
    private final Side negative = new Side();
    private final Side positive = new Side();
    private final Numbers custom = new Numbers();

    /** One side's buckets as they come. */
    private static final class Side {
        final List<Span> spans = new ArrayList<>();
        final Numbers deltas = new Numbers();
        final Numbers counts = new Numbers();

        void clear() {
            spans.clear();
            deltas.clear();
            counts.clear();
        }

        Buckets buckets(boolean floats) {
            double[] values = floats ? counts.toArray() : deltas.toArray();
            if (!floats) {
                for (int i = 1; i < values.length; i++) {
                    values[i] += values[i - 1];
                }
            }
            for (double value : values) {
                if (value < 0) {
                    throw new IllegalArgumentException("bucket number has negative observation count: " + value);
                }
            }
            return values.length == 0 && spans.isEmpty() ? Buckets.NONE : new Buckets(spans, values);
        }
    }

    private static final class Numbers {
        private double[] values = new double[16];
        private int size;

        void clear() {
            size = 0;
        }

        void add(double value) throws WireException {
            if (size == NativeHistogram.MOST_BUCKETS) {
                throw new WireException("more than " + NativeHistogram.MOST_BUCKETS + " buckets in a histogram");
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        double[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    /** Reads the message that the field here holds. */
    void read(ProtoReader in) throws WireException {
        clear();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> count = in.integer();
                case 2 -> {
                    floats = true;
                    count = in.float64();
                }
                case 3 -> sum = in.float64();
                case 4 -> schema = (int) in.signed();
                case 5 -> zeroThreshold = in.float64();
                case 6 -> zeroCount = in.integer();
                case 7 -> zeroCount = in.float64();
                case 8 -> negative.spans.add(span(in, negative.spans.size()));
                case 9 -> signed(in, negative.deltas);
                case 10 -> floats(in, negative.counts);
                case 11 -> positive.spans.add(span(in, positive.spans.size()));
                case 12 -> signed(in, positive.deltas);
                case 13 -> floats(in, positive.counts);
                case 14 -> hint = HINTS[(int) (in.integer() & 3)];
                case 15 -> timestamp = in.integer();
                case 16 -> floats(in, custom);
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    /** Milliseconds; of what was read last. */
    long timestamp() {
        return timestamp;
    }

    /** @throws IllegalArgumentException naming the rule that what was read last breaks */
    NativeHistogram histogram() {
        Buckets below = negative.buckets(floats);
        Buckets above = positive.buckets(floats);
        if (zeroCount < 0 || count < 0) {
            throw new IllegalArgumentException("a histogram has a negative count");
        }
        if (!floats) {
            double observed = zeroCount + total(below) + total(above);
            // Observations of NaN are in no bucket, and make the sum NaN.
            if (Double.isNaN(sum) ? observed > count : observed != count) {
                throw new IllegalArgumentException(
                        "histogram's observation count (" + count + ") does not match its buckets (" + observed + ")");
            }
        }
        return new NativeHistogram(hint, schema, zeroThreshold, zeroCount, count, sum, above, below, custom.toArray());
    }

    private static double total(Buckets buckets) {
        double total = 0;
        for (int i = 0; i < buckets.size(); i++) {
            total += buckets.count(i);
        }
        return total;
    }

    private void clear() {
        floats = false;
        count = 0;
        sum = 0;
        schema = 0;
        zeroThreshold = 0;
        zeroCount = 0;
        hint = ResetHint.UNKNOWN;
        timestamp = 0;
        negative.clear();
        positive.clear();
        custom.clear();
    }

    private static Span span(ProtoReader in, int before) throws WireException {
        if (before >= NativeHistogram.MOST_BUCKETS) {
            throw in.malformed("more than " + NativeHistogram.MOST_BUCKETS + " spans in a histogram");
        }
        int offset = 0;
        long length = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> offset = (int) in.signed();
                case 2 -> length = in.integer();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (length < 0 || length > NativeHistogram.MOST_BUCKETS) {
            throw in.malformed("a span of " + length + " buckets");
        }
        return new Span(offset, (int) length);
    }

    private static void signed(ProtoReader in, Numbers into) throws WireException {
        if (!in.isDelimited()) {
            into.add((double) in.signed());
            return;
        }
        int outer = in.enter();
        while (in.at() < in.limit()) {
            into.add((double) ProtoReader.zigzag(in.varint()));
        }
        in.leave(outer);
    }

    private static void floats(ProtoReader in, Numbers into) throws WireException {
        if (!in.isDelimited()) {
            into.add(in.float64());
            return;
        }
        int outer = in.enter();
        while (in.at() < in.limit()) {
            into.add(Double.longBitsToDouble(in.rawFixed64()));
        }
        in.leave(outer);
    }
}
