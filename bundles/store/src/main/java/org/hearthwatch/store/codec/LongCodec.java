package org.hearthwatch.store.codec;

import java.util.Arrays;
import org.hearthwatch.store.frame.Bytes;

/**
 * A column of longs, of which is kept how they, their differences or the differences of these differ from what is usual,
 * whichever is smallest. All arithmetic is modulo 2^64, so that every column comes back.
 *
 * <pre>
 * nothing            for an empty column
 * one byte           order 0 to 2, plus 4 if all rests are zero
 * signed             first number f
 * unsigned           step g: numbers are f + g * u, which makes the first u zero
 * signed             base b, what is usual
 * miniblocks         unless all are zero, of the rests r in zigzag order (0, -1, 1, -2 become 0, 1, 2, 3):
 *   order 0          u[i] = b + r[i - 1]                            from i = 1 on
 *   order 1          u[i] = u[i - 1] + b + r[i - 1]                 from i = 1 on
 *   order 2          d[i] = d[i - 1] + b + r[i - 1], u[i] = u[i - 1] + d[i]   from i = 1 on, with d[0] = 0
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class LongCodec {

    private static final int ORDERS = 3;
    private static final int ALL_ZERO = 4;
    private static final int SAMPLED = 64;

    /** How far from the ends of the sampled numbers the middle of their range is taken. */
    private static final int TAIL = 3;

    private long[] steps = {};
    private long[] rests = {};
    private long[] sampled = {};

    /** Encodes the numbers from one place to another, excluded. */
    public void encode(long[] numbers, int from, int to, Bytes into) {
        int count = to - from - 1;
        if (count < 0) {
            return;
        }
        if (sampled.length == 0) {
            sampled = new long[SAMPLED];
        }
        if (steps.length < count) {
            steps = new long[count];
            rests = new long[count];
        }
        long first = numbers[from];
        long step = step(numbers, from, to);
        for (int i = 0; i < count; i++) {
            long distance = numbers[from + 1 + i] - first;
            steps[i] = step == 1 ? distance : distance / step;
        }
        int bestOrder = 0;
        long bestBase = 0;
        int bestCost = Integer.MAX_VALUE;
        for (int order = 0; order < ORDERS; order++) {
            if (order > 0) {
                difference(steps, count);
            }
            sample(count);
            long median = sampled[SAMPLED / 2];
            long middle = sampled[TAIL] + (sampled[SAMPLED - 1 - TAIL] - sampled[TAIL]) / 2;
            for (long base : median == middle ? new long[] {median} : new long[] {median, middle}) {
                int cost = cost(base, count);
                if (cost < bestCost) {
                    bestCost = cost;
                    bestBase = base;
                    bestOrder = order;
                }
            }
        }
        for (int order = ORDERS - 1; order > bestOrder; order--) {
            sum(steps, count);
        }
        write(bestOrder, first, step, bestBase, count, into);
    }

    private void write(int order, long first, long step, long base, int count, Bytes into) {
        long all = 0;
        for (int i = 0; i < count; i++) {
            rests[i] = zigzag(steps[i] - base);
            all |= rests[i];
        }
        into.putByte(order + (all == 0 ? ALL_ZERO : 0));
        into.putSigned(first);
        into.putUnsigned(step);
        into.putSigned(base);
        if (all != 0) {
            Miniblocks.encode(rests, count, into);
        }
    }

    /** The greatest number that divides all distances from the first one; 1 where a distance does not fit 63 bits. */
    private static long step(long[] numbers, int from, int to) {
        long first = numbers[from];
        long step = 0;
        for (int i = from + 1; i < to && step != 1; i++) {
            long number = numbers[i];
            long distance = number - first;
            if (((number ^ first) & (number ^ distance)) < 0 || distance == Long.MIN_VALUE) {
                return 1;
            }
            if (step == 0 || distance % step != 0) {
                step = gcd(Math.abs(distance), step);
            }
        }
        for (int i = from + 1; i < to; i++) {
            long distance = numbers[i] - first;
            if (((numbers[i] ^ first) & (numbers[i] ^ distance)) < 0) {
                return 1;
            }
        }
        return step == 0 ? 1 : step;
    }

    private static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }

    private static void difference(long[] numbers, int count) {
        for (int i = count - 1; i > 0; i--) {
            numbers[i] -= numbers[i - 1];
        }
    }

    private static void sum(long[] numbers, int count) {
        for (int i = 1; i < count; i++) {
            numbers[i] += numbers[i - 1];
        }
    }

    private void sample(int count) {
        for (int i = 0; i < SAMPLED; i++) {
            sampled[i] = count == 0 ? 0 : steps[(int) ((long) i * count / SAMPLED)];
        }
        Arrays.sort(sampled);
    }

    private int cost(long base, int count) {
        for (int i = 0; i < count; i++) {
            rests[i] = zigzag(steps[i] - base);
        }
        return Miniblocks.cost(rests, count);
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    /** Decodes a count of numbers. */
    public void decode(Input in, int count, long[] into) throws CorruptDataException {
        if (count == 0) {
            return;
        }
        int head = in.takeByte();
        int order = head & ~ALL_ZERO;
        if (order >= ORDERS) {
            throw new CorruptDataException("A column has the unknown order " + head);
        }
        long first = in.takeSigned();
        long step = in.takeUnsigned();
        long base = in.takeSigned();
        into[0] = first;
        if ((head & ALL_ZERO) != 0) {
            Arrays.fill(into, 1, count, 0);
        } else {
            Miniblocks.decode(in, count - 1, into, 1);
        }
        switch (order) {
            case 0 -> flat(into, count, first, step, base);
            case 1 -> sloped(into, count, first, step, base);
            default -> curved(into, count, first, step, base);
        }
    }

    private static void flat(long[] into, int count, long first, long step, long base) {
        long bottom = first + step * base;
        for (int i = 1; i < count; i++) {
            into[i] = bottom + step * unzigzag(into[i]);
        }
    }

    private static void sloped(long[] into, int count, long first, long step, long base) {
        long number = first;
        long usual = step * base;
        for (int i = 1; i < count; i++) {
            number += usual + step * unzigzag(into[i]);
            into[i] = number;
        }
    }

    private static void curved(long[] into, int count, long first, long step, long base) {
        long number = first;
        long slope = 0;
        long usual = step * base;
        for (int i = 1; i < count; i++) {
            slope += usual + step * unzigzag(into[i]);
            number += slope;
            into[i] = number;
        }
    }

    private static long unzigzag(long number) {
        return number >>> 1 ^ -(number & 1);
    }
}
