package org.hearthwatch.store.log;

import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.store.chunk.HistogramCodec;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;

/**
 * The bodies of records of samples. Both kinds begin with
 *
 * <pre>
 * count          unsigned
 * series         runs until the count is reached: signed distance of the first number from the one after the last of
 *                the run before (from 0 at first), unsigned length of the run; numbers in a run follow each other
 * times          runs until the count is reached: signed distance in milliseconds from the run before (from 0 at
 *                first), unsigned length; samples of a run have one time
 * </pre>
 *
 * and go on, for numbers, with
 *
 * <pre>
 * changed        one bit a sample, lowest first, in whole bytes: its value differs from the one the series had before
 * values         of the changed ones: the bits that differ from the value before (exclusive or) as one byte (leading
 *                zero bytes * 16 + bytes that follow) and the bytes without leading and trailing zero bytes
 * </pre>
 *
 * or, for histograms, with each of them as {@link HistogramCodec} writes it after the one the series had before.
 *
 * <p>The value before is the one written last of that kind for that series since the log's state was last reset. Not
 * thread-safe.
 */
final class SampleCodec {

    /** The most samples of one record. */
    static final int MOST = 65_536;

    private final LogState state = new LogState();

    /** Forgets all values before. */
    void reset() {
        state.reset();
    }

    /** Forgets all values before, and gives their memory back. */
    void clear() {
        state.clear();
    }

    /** Writes numbers. */
    void encode(Pending samples, int from, int to, Bytes into) {
        encodePlaces(samples, from, to, into);
        int changed = into.reserve((to - from + 7) / 8);
        for (int i = from; i < to; i++) {
            int ref = samples.ref(i);
            long xor = samples.bits(i) ^ state.bits(ref);
            if (xor != 0) {
                into.setBit(changed, i - from);
                into.putTrimmed(xor);
                state.bits(ref, samples.bits(i));
            }
        }
    }

    /** Writes histograms. */
    void encodeHistograms(Pending samples, int from, int to, Bytes into) {
        encodePlaces(samples, from, to, into);
        for (int i = from; i < to; i++) {
            int ref = samples.ref(i);
            NativeHistogram histogram = samples.histogram(i).orElseThrow();
            HistogramCodec.encode(state.histogram(ref), histogram, into);
            state.histogram(ref, histogram);
        }
    }

    private static void encodePlaces(Pending samples, int from, int to, Bytes into) {
        into.putUnsigned(to - from);
        long expected = 0;
        for (int i = from; i < to; ) {
            int first = samples.ref(i);
            int run = 1;
            while (i + run < to && samples.ref(i + run) == first + run) {
                run++;
            }
            into.putSigned(first - expected);
            into.putUnsigned(run);
            expected = (long) first + run;
            i += run;
        }
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

    /** Reads a record of numbers. */
    void decode(BodyReader body, Pending into) {
        int count = body.takeCount(MOST);
        int[] refs = decodeRefs(body, count);
        long[] times = decodeTimes(body, count);
        int changed = body.skip((count + 7) / 8);
        for (int i = 0; i < count; i++) {
            int ref = refs[i];
            long bits = state.bits(ref);
            if (body.bit(changed, i)) {
                bits ^= body.takeTrimmed();
                state.bits(ref, bits);
            }
            into.add(ref, times[i], bits);
        }
    }

    /** Reads a record of histograms. */
    void decodeHistograms(BodyReader body, Pending into) {
        int count = body.takeCount(MOST);
        int[] refs = decodeRefs(body, count);
        long[] times = decodeTimes(body, count);
        for (int i = 0; i < count; i++) {
            NativeHistogram histogram = HistogramCodec.decode(state.histogram(refs[i]), body);
            state.histogram(refs[i], histogram);
            into.add(refs[i], times[i], histogram);
        }
    }

    /** Reads the times of a record alone. */
    static void times(BodyReader body, TimeSpan span) {
        int count = body.takeCount(MOST);
        decodeRefs(body, count);
        for (long time : decodeTimes(body, count)) {
            span.include(time);
        }
    }

    private static int[] decodeRefs(BodyReader body, int count) {
        var refs = new int[count];
        long next = 0;
        for (int i = 0; i < count; ) {
            next += body.takeSigned();
            int run = body.takeCount(count - i);
            if (run == 0 || next < 0 || next + run > Integer.MAX_VALUE) {
                throw new IllegalStateException("a run of " + run + " series from number " + next);
            }
            for (int end = i + run; i < end; i++) {
                refs[i] = (int) next++;
            }
        }
        return refs;
    }

    private static long[] decodeTimes(BodyReader body, int count) {
        var times = new long[count];
        long time = 0;
        for (int i = 0; i < count; ) {
            time += body.takeSigned();
            int run = body.takeCount(count - i);
            if (run == 0) {
                throw new IllegalStateException("a run of no samples");
            }
            for (int end = i + run; i < end; i++) {
                times[i] = time;
            }
        }
        return times;
    }
}
