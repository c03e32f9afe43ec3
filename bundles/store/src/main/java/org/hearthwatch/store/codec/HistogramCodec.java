package org.hearthwatch.store.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.frame.Bytes;

/**
 * Native histograms in runs of the same layout, whose numbers are columns: each bucket's counts over the run, and so for
 * the other numbers.
 *
 * <pre>
 * run      unsigned length, layout, one byte a histogram: its hint about resets (0 unknown, 1 reset, 2 none, 3 gauge),
 *          then columns of values: count, sum, count of the zero bucket, each positive bucket, each negative one
 * layout   signed schema, 8 bytes zero threshold, positive spans, negative spans, unsigned count of bounds and 8 bytes each
 * spans    unsigned count, for each signed offset and unsigned length
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class HistogramCodec {

    private static final ResetHint[] HINTS = {ResetHint.UNKNOWN, ResetHint.RESET, ResetHint.NO_RESET, ResetHint.GAUGE};

    /** The most numbers of one run, which bounds what a few bytes can make us hold. */
    private static final int MOST_NUMBERS = 1 << 20;

    private final ValueCodec values;
    private double[] column = new double[64];

    public HistogramCodec(ValueCodec values) {
        this.values = values;
    }

    /** Encodes samples that are histograms, from one place to another, excluded. */
    public void encode(SampleBuffer samples, int from, int to, Bytes into) {
        var all = new ArrayList<NativeHistogram>(to - from);
        for (int i = from; i < to; i++) {
            all.add(samples.histogram(i).orElseThrow());
        }
        for (int start = 0; start < all.size(); ) {
            int end = start + 1;
            int most = MOST_NUMBERS / columns(all.get(start));
            while (end < all.size() && end - start < most && sameLayout(all.get(start), all.get(end))) {
                end++;
            }
            encodeRun(all.subList(start, end), into);
            start = end;
        }
    }

    private static int columns(NativeHistogram of) {
        return 3 + of.positive().size() + of.negative().size();
    }

    private static boolean sameLayout(NativeHistogram a, NativeHistogram b) {
        return a.schema() == b.schema()
                && Double.doubleToRawLongBits(a.zeroThreshold()) == Double.doubleToRawLongBits(b.zeroThreshold())
                && a.positive().spans().equals(b.positive().spans())
                && a.negative().spans().equals(b.negative().spans())
                && Arrays.equals(a.customBounds(), b.customBounds());
    }

    private void encodeRun(List<NativeHistogram> run, Bytes into) {
        NativeHistogram first = run.get(0);
        into.putUnsigned(run.size());
        into.putSigned(first.schema());
        into.putLong(Double.doubleToRawLongBits(first.zeroThreshold()));
        encodeSpans(first.positive().spans(), into);
        encodeSpans(first.negative().spans(), into);
        double[] bounds = first.customBounds();
        into.putUnsigned(bounds.length);
        for (double bound : bounds) {
            into.putLong(Double.doubleToRawLongBits(bound));
        }
        for (NativeHistogram each : run) {
            into.putByte(
                    switch (each.resetHint()) {
                        case UNKNOWN -> 0;
                        case RESET -> 1;
                        case NO_RESET -> 2;
                        case GAUGE -> 3;
                    });
        }
        column = column.length < run.size() ? new double[run.size()] : column;
        int positive = first.positive().size();
        for (int number = 0; number < columns(first); number++) {
            for (int i = 0; i < run.size(); i++) {
                column[i] = number(run.get(i), number, positive);
            }
            values.encode(column, 0, run.size(), into);
        }
    }

    private static double number(NativeHistogram of, int number, int positive) {
        return switch (number) {
            case 0 -> of.count();
            case 1 -> of.sum();
            case 2 -> of.zeroCount();
            default ->
                number < 3 + positive
                        ? of.positive().count(number - 3)
                        : of.negative().count(number - 3 - positive);
        };
    }

    private static void encodeSpans(List<Span> spans, Bytes into) {
        into.putUnsigned(spans.size());
        for (Span span : spans) {
            into.putSigned(span.offset());
            into.putUnsigned(span.length());
        }
    }

    /** Reads histograms. */
    public List<NativeHistogram> decode(Input in, int count) throws CorruptDataException {
        var all = new ArrayList<NativeHistogram>();
        while (all.size() < count) {
            try {
                decodeRun(in, count - all.size(), all);
            } catch (IllegalArgumentException e) {
                throw new CorruptDataException("A histogram is impossible: " + e.getMessage());
            }
        }
        return all;
    }

    private void decodeRun(Input in, int most, List<NativeHistogram> into) throws CorruptDataException {
        int size = in.takeCount(1, most);
        int schema = (int) in.takeSigned();
        double zeroThreshold = Double.longBitsToDouble(in.takeLong());
        List<Span> positive = decodeSpans(in);
        List<Span> negative = decodeSpans(in);
        var bounds = new double[in.takeCount(0, Math.min(NativeHistogram.MOST_BUCKETS, in.remaining() / 8))];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Double.longBitsToDouble(in.takeLong());
        }
        var hints = new ResetHint[size];
        for (int i = 0; i < size; i++) {
            hints[i] = HINTS[in.takeByte() & 3];
        }
        int columns = 3 + buckets(positive) + buckets(negative);
        if ((long) columns * size > MOST_NUMBERS) {
            throw new CorruptDataException("A run of histograms has too many numbers");
        }
        double[][] numbers = new double[columns][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new double[size];
            values.decode(in, size, numbers[i]);
        }
        int firstNegative = 3 + buckets(positive);
        for (int i = 0; i < size; i++) {
            into.add(new NativeHistogram(
                    hints[i],
                    schema,
                    zeroThreshold,
                    numbers[2][i],
                    numbers[0][i],
                    numbers[1][i],
                    new Buckets(positive, row(numbers, 3, firstNegative, i)),
                    new Buckets(negative, row(numbers, firstNegative, numbers.length, i)),
                    bounds));
        }
    }

    private static double[] row(double[][] columns, int from, int to, int index) {
        var row = new double[to - from];
        for (int i = from; i < to; i++) {
            row[i - from] = columns[i][index];
        }
        return row;
    }

    private static List<Span> decodeSpans(Input in) throws CorruptDataException {
        int count = in.takeCount(0, in.remaining() / 2);
        var spans = new ArrayList<Span>(count);
        for (int i = 0; i < count; i++) {
            long offset = in.takeSigned();
            if (offset != (int) offset) {
                throw new CorruptDataException("A bucket's place is impossible");
            }
            spans.add(new Span((int) offset, in.takeCount(0, NativeHistogram.MOST_BUCKETS)));
        }
        return spans;
    }

    private static int buckets(List<Span> spans) throws CorruptDataException {
        long buckets = 0;
        for (Span span : spans) {
            buckets += span.length();
        }
        if (buckets > NativeHistogram.MOST_BUCKETS) {
            throw new CorruptDataException("A histogram has " + buckets + " buckets");
        }
        return (int) buckets;
    }
}
