package org.hearthwatch.store.log;

import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.head.Series;
import org.jspecify.annotations.Nullable;

/**
 * The body of a record of samples.
 *
 * <pre>
 * count          unsigned
 * series         runs until the count is reached: signed distance of the first number from the one after the last of
 *                the run before (from 0 at first), unsigned length of the run; numbers in a run follow each other
 * times          runs until the count is reached: signed distance in milliseconds from the run before (from 0 at
 *                first), unsigned length; samples of a run have one time
 * changed        one bit a sample, lowest first, in whole bytes: its value differs from the one the series had before
 * values         of the changed ones: the bits that differ from the value before (exclusive or) as one byte (leading
 *                zero bytes * 16 + bytes that follow) and the bytes without leading and trailing zero bytes
 * </pre>
 *
 * <p>The value before is the one written last for that series since the log's state was last reset, or else 0. State is
 * kept in the series under an epoch, so that a reset is one new number.
 */
final class SampleCodec {

    /** The most samples of one record. */
    static final int MOST = 65_536;

    private int epoch;

    /** Forgets all values before. */
    void reset() {
        epoch++;
    }

    void encode(Pending samples, int from, int to, Bytes into) {
        int count = to - from;
        into.putUnsigned(count);
        encodeSeries(samples, from, to, into);
        encodeTimes(samples, from, to, into);
        int changed = into.reserve((count + 7) / 8);
        for (int i = from; i < to; i++) {
            Series series = samples.series(i);
            long xor = samples.bits(i) ^ series.logBits(epoch);
            if (xor != 0) {
                into.setBit(changed, i - from);
                int leading = Long.numberOfLeadingZeros(xor) / 8;
                int trailing = Long.numberOfTrailingZeros(xor) / 8;
                int length = 8 - leading - trailing;
                into.putByte((leading << 4) | length);
                into.putLow(xor >>> (8 * trailing), length);
                series.logBits(epoch, samples.bits(i));
            }
        }
    }

    private static void encodeSeries(Pending samples, int from, int to, Bytes into) {
        int expected = 0;
        for (int i = from; i < to; ) {
            int first = samples.series(i).ref();
            int run = 1;
            while (i + run < to && samples.series(i + run).ref() == first + run) {
                run++;
            }
            into.putSigned(first - (long) expected);
            into.putUnsigned(run);
            expected = first + run;
            i += run;
        }
    }

    private static void encodeTimes(Pending samples, int from, int to, Bytes into) {
        long before = 0;
        for (int i = from; i < to; ) {
            long time = samples.time(i);
            int run = 1;
            while (i + run < to && samples.time(i + run) == time) {
                run++;
            }
            into.putSigned(time - before);
            into.putUnsigned(run);
            before = time;
            i += run;
        }
    }

    /**
     * Reads a record.
     *
     * @param series the series of a number, or nothing
     * @param into takes the samples whose series is known
     * @param skipped whether samples of a time are left out
     * @param span takes the times of all samples
     * @param unknown takes the times of samples whose series is not known
     */
    void decode(
            BodyReader body,
            IntFunction<@Nullable Series> series,
            Pending into,
            LongPredicate skipped,
            TimeSpan span,
            TimeSpan unknown) {
        int count = body.takeCount(MOST);
        var refs = new int[count];
        long next = 0;
        for (int i = 0; i < count; ) {
            next += body.takeSigned();
            int run = body.takeCount(count - i);
            for (int end = i + run; i < end; i++) {
                refs[i] = (int) next++;
            }
        }
        long[] times = decodeTimes(body, count, span);
        int changed = body.skip((count + 7) / 8);
        for (int i = 0; i < count; i++) {
            long xor = 0;
            if (body.bit(changed, i)) {
                int shape = body.takeByte();
                int length = shape & 0xf;
                xor = body.takeLow(length) << (8 * (8 - (shape >>> 4) - length));
            }
            Series of = series.apply(refs[i]);
            if (of == null) {
                if (!skipped.test(times[i])) {
                    unknown.include(times[i]);
                }
            } else {
                long bits = of.logBits(epoch) ^ xor;
                of.logBits(epoch, bits);
                if (!skipped.test(times[i])) {
                    into.add(of, times[i], bits);
                }
            }
        }
    }

    /** Reads the times of a record alone. */
    static void times(BodyReader body, TimeSpan span) {
        int count = body.takeCount(MOST);
        for (int i = 0; i < count; ) {
            body.takeSigned();
            i += body.takeCount(count - i);
        }
        decodeTimes(body, count, span);
    }

    private static long[] decodeTimes(BodyReader body, int count, TimeSpan span) {
        var times = new long[count];
        long time = 0;
        for (int i = 0; i < count; ) {
            time += body.takeSigned();
            span.include(time);
            int run = body.takeCount(count - i);
            for (int end = i + run; i < end; i++) {
                times[i] = time;
            }
        }
        return times;
    }
}
