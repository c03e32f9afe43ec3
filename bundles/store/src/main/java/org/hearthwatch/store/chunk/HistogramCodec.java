package org.hearthwatch.store.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes a native histogram, as a difference to the one before where both have the same buckets, without loss.
 *
 * <pre>
 * head           1 byte: bit 0 the layout is that of the histogram before, bits 1-2 the reset hint (0 unknown, 1 reset,
 *                2 no reset, 3 gauge), bit 3 counts are written as whole numbers
 * layout         unless that of before: signed schema; zero threshold, 8 bytes; spans of the positive and of the
 *                negative side, each as unsigned number of spans, then signed offset and unsigned length of each;
 *                unsigned number of custom bounds and 8 bytes for each
 * sum            exclusive or with the sum of before, trimmed
 * changed        one bit, lowest first, in whole bytes, for each of: zero count, count, positive counts, negative counts
 * counts         of the changed ones: as whole numbers the signed difference, else the exclusive or, trimmed
 * </pre>
 *
 * <p>Sum and counts are differences to those of the histogram before where the layout is the same, and else to zero.
 * <em>Trimmed</em> is one byte (leading zero bytes * 16 + bytes that follow) and the bytes without leading and trailing
 * zero bytes.
 */
public final class HistogramCodec {

    private static final int SAME_LAYOUT = 1;
    private static final int WHOLE = 8;
    private static final long GREATEST_WHOLE = 1L << 53;
    private static final double[] NO_NUMBERS = {};
    private static final ResetHint[] HINTS = {ResetHint.UNKNOWN, ResetHint.RESET, ResetHint.NO_RESET, ResetHint.GAUGE};

    private HistogramCodec() {}

    /** Writes one behind another of the same series, or the first. */
    public static void encode(@Nullable NativeHistogram before, NativeHistogram histogram, Bytes into) {
        NativeHistogram like = before != null && sameLayout(before, histogram) ? before : null;
        boolean same = like != null;
        double[] base = like == null ? NO_NUMBERS : countsOf(like);
        double[] counts = countsOf(histogram);
        boolean whole = areWhole(base) && areWhole(counts);
        into.putByte((same ? SAME_LAYOUT : 0) | hintNumber(histogram.resetHint()) << 1 | (whole ? WHOLE : 0));
        if (!same) {
            encodeLayout(histogram, into);
        }
        into.putTrimmed(bits(histogram.sum()) ^ (like == null ? 0 : bits(like.sum())));
        int changed = into.reserve((counts.length + 7) / 8);
        for (int i = 0; i < counts.length; i++) {
            double was = same ? base[i] : 0;
            if (bits(counts[i]) != bits(was)) {
                into.setBit(changed, i);
                if (whole) {
                    into.putSigned((long) counts[i] - (long) was);
                } else {
                    into.putTrimmed(bits(counts[i]) ^ bits(was));
                }
            }
        }
    }

    /**
     * Reads what {@link #encode} wrote behind the same one.
     *
     * @throws IllegalStateException if it was written wrongly
     */
    public static NativeHistogram decode(@Nullable NativeHistogram before, BodyReader body) {
        int head = body.takeByte();
        NativeHistogram like = (head & SAME_LAYOUT) != 0 ? before : null;
        if (like == null && (head & SAME_LAYOUT) != 0) {
            throw new IllegalStateException("a histogram like the one before, and there is none");
        }
        var layout = like == null ? decodeLayout(body) : Layout.of(like);
        long sum = body.takeTrimmed() ^ (like == null ? 0 : bits(like.sum()));
        double[] counts = like != null ? countsOf(like) : new double[2 + layout.positive() + layout.negative()];
        int changed = body.skip((counts.length + 7) / 8);
        for (int i = 0; i < counts.length; i++) {
            if (body.bit(changed, i)) {
                counts[i] = (head & WHOLE) != 0
                        ? (long) counts[i] + body.takeSigned()
                        : Double.longBitsToDouble(bits(counts[i]) ^ body.takeTrimmed());
            }
        }
        try {
            return layout.histogram(HINTS[head >> 1 & 3], Double.longBitsToDouble(sum), counts);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("an impossible histogram: " + e.getMessage(), e);
        }
    }

    private static void encodeLayout(NativeHistogram histogram, Bytes into) {
        into.putSigned(histogram.schema());
        into.putLong(bits(histogram.zeroThreshold()));
        encodeSpans(histogram.positive().spans(), into);
        encodeSpans(histogram.negative().spans(), into);
        double[] bounds = histogram.customBounds();
        into.putUnsigned(bounds.length);
        for (double bound : bounds) {
            into.putLong(bits(bound));
        }
    }

    private static void encodeSpans(List<Span> spans, Bytes into) {
        into.putUnsigned(spans.size());
        for (Span span : spans) {
            into.putSigned(span.offset());
            into.putUnsigned(span.length());
        }
    }

    private static Layout decodeLayout(BodyReader body) {
        int schema = (int) body.takeSigned();
        double threshold = Double.longBitsToDouble(body.takeLow(Long.BYTES));
        List<Span> positive = decodeSpans(body);
        List<Span> negative = decodeSpans(body);
        var bounds = new double[body.takeCount(NativeHistogram.MOST_BUCKETS)];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Double.longBitsToDouble(body.takeLow(Long.BYTES));
        }
        return new Layout(schema, threshold, positive, negative, bounds);
    }

    private static List<Span> decodeSpans(BodyReader body) {
        int count = body.takeCount(body.remaining());
        var spans = new ArrayList<Span>(count);
        int buckets = 0;
        for (int i = 0; i < count; i++) {
            int offset = (int) body.takeSigned();
            int length = body.takeCount(NativeHistogram.MOST_BUCKETS - buckets);
            buckets += length;
            spans.add(new Span(offset, length));
        }
        return spans;
    }

    private static boolean sameLayout(NativeHistogram a, NativeHistogram b) {
        return a.schema() == b.schema()
                && bits(a.zeroThreshold()) == bits(b.zeroThreshold())
                && a.positive().spans().equals(b.positive().spans())
                && a.negative().spans().equals(b.negative().spans())
                && sameBits(a.customBounds(), b.customBounds());
    }

    private static boolean sameBits(double[] a, double[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (bits(a[i]) != bits(b[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether two are the same to the last bit, payloads of NaN too, which {@code equals} does not look at. */
    @SuppressWarnings("ReferenceEquality") // only a short cut
    public static boolean identical(NativeHistogram a, NativeHistogram b) {
        return a == b
                || (a.resetHint() == b.resetHint()
                        && bits(a.sum()) == bits(b.sum())
                        && sameLayout(a, b)
                        && sameBits(countsOf(a), countsOf(b)));
    }

    private static double[] countsOf(NativeHistogram histogram) {
        Buckets positive = histogram.positive();
        Buckets negative = histogram.negative();
        var counts = new double[2 + positive.size() + negative.size()];
        counts[0] = histogram.zeroCount();
        counts[1] = histogram.count();
        for (int i = 0; i < positive.size(); i++) {
            counts[2 + i] = positive.count(i);
        }
        for (int i = 0; i < negative.size(); i++) {
            counts[2 + positive.size() + i] = negative.count(i);
        }
        return counts;
    }

    /** By bits, or minus zero would become zero. */
    private static boolean areWhole(double[] counts) {
        for (double count : counts) {
            if (Math.abs(count) > GREATEST_WHOLE || bits((double) (long) count) != bits(count)) {
                return false;
            }
        }
        return true;
    }

    private static int hintNumber(ResetHint hint) {
        return switch (hint) {
            case UNKNOWN -> 0;
            case RESET -> 1;
            case NO_RESET -> 2;
            case GAUGE -> 3;
        };
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** What a histogram is beside its counts. */
    @SuppressWarnings("ArrayRecordComponent") // compared by bits below
    private record Layout(
            int schema, double zeroThreshold, List<Span> positiveSpans, List<Span> negativeSpans, double[] bounds) {

        static Layout of(NativeHistogram histogram) {
            return new Layout(
                    histogram.schema(),
                    histogram.zeroThreshold(),
                    histogram.positive().spans(),
                    histogram.negative().spans(),
                    histogram.customBounds());
        }

        int positive() {
            return positiveSpans.stream().mapToInt(Span::length).sum();
        }

        int negative() {
            return negativeSpans.stream().mapToInt(Span::length).sum();
        }

        NativeHistogram histogram(ResetHint hint, double sum, double[] counts) {
            int middle = 2 + positive();
            return new NativeHistogram(
                    hint,
                    schema,
                    zeroThreshold,
                    counts[0],
                    counts[1],
                    sum,
                    new Buckets(positiveSpans, Arrays.copyOfRange(counts, 2, middle)),
                    new Buckets(negativeSpans, Arrays.copyOfRange(counts, middle, counts.length)),
                    bounds);
        }
    }
}
