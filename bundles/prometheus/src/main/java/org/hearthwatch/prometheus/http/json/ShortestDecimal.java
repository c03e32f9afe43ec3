package org.hearthwatch.prometheus.http.json;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as the same double, the closest one where several are as short: what Go's
 * {@code strconv} writes for precision -1, and what {@link Double#toString} gives only from JDK 19 on.
 *
 * <p>Source: Raffaello Giulietti, "The Schubfach way to render doubles" (2021). Holds one result at a time, so that
 * writing a million numbers makes no objects. Not thread-safe.
 */
final class ShortestDecimal {

    private static final int FRACTION_BITS = 52;
    private static final int LEAST_EXPONENT = -1074;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final long MASK_63 = Long.MAX_VALUE;
    private static final int LEAST_POWER = -292;
    private static final int GREATEST_POWER = 324;

    /** For each power of ten its 126 leading bits, rounded up, as two halves of 63 bits. */
    private static final long[] POWERS = powers();

    private long digits;
    private int exponent;

    private static long[] powers() {
        var halves = new long[2 * (GREATEST_POWER - LEAST_POWER + 1)];
        for (int power = LEAST_POWER; power <= GREATEST_POWER; power++) {
            int shift = 125 - floorLog2Pow10(power);
            BigInteger scaled;
            if (power >= 0) {
                BigInteger exact = BigInteger.TEN.pow(power);
                scaled = shift >= 0 ? exact.shiftLeft(shift) : exact.shiftRight(-shift);
            } else {
                scaled = BigInteger.ONE.shiftLeft(shift).divide(BigInteger.TEN.pow(-power));
            }
            BigInteger up = scaled.add(BigInteger.ONE);
            halves[2 * (power - LEAST_POWER)] = up.shiftRight(63).longValueExact();
            halves[2 * (power - LEAST_POWER) + 1] =
                    up.and(BigInteger.valueOf(MASK_63)).longValueExact();
        }
        return halves;
    }

    /** The significant digits as a number that does not end in 0, unless it is 0. */
    long digits() {
        return digits;
    }

    /** The value is {@link #digits} times ten to this power. */
    int exponent() {
        return exponent;
    }

    /** @param value finite; its sign does not matter */
    void of(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & (HIDDEN_BIT - 1);
        int biased = (int) (bits >>> FRACTION_BITS) & 0x7ff;
        if (biased == 0) {
            if (fraction == 0) {
                digits = 0;
                exponent = 0;
                return;
            }
            shortest(LEAST_EXPONENT, fraction);
        } else {
            shortest(biased + LEAST_EXPONENT - 1, HIDDEN_BIT | fraction);
        }
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
    }

    /** Of {@code c * 2^q}. */
    private void shortest(int q, long c) {
        // Four times the value and its two neighbours' midpoints, in units of 2^(q-2).
        long middle = c << 2;
        long upper = middle + 2;
        boolean regular = c != HIDDEN_BIT || q == LEAST_EXPONENT;
        long lower = regular ? middle - 2 : middle - 1;
        int k = regular ? floorLog10Pow2(q) : floorLog10ThreeQuartersPow2(q);
        int shift = q + floorLog2Pow10(-k) + 2;
        long high = POWERS[2 * (-k - LEAST_POWER)];
        long low = POWERS[2 * (-k - LEAST_POWER) + 1];
        long value = scaled(high, low, middle << shift);
        long from = scaled(high, low, lower << shift);
        long to = scaled(high, low, upper << shift);
        // Midpoints belong to the double whose last bit is 0.
        long open = c & 1;
        exponent = k;
        long s = value >> 2;
        if (s >= 10) {
            long tens = 10 * (s / 10);
            boolean below = from + open <= tens << 2;
            boolean above = ((tens + 10) << 2) + open <= to;
            if (below != above) {
                digits = below ? tens : tens + 10;
                return;
            }
        }
        boolean below = from + open <= s << 2;
        boolean above = ((s + 1) << 2) + open <= to;
        if (below != above) {
            digits = below ? s : s + 1;
            return;
        }
        long nearer = value - ((s + s + 1) << 1);
        digits = nearer < 0 || (nearer == 0 && (s & 1) == 0) ? s : s + 1;
    }

    /** A product's bits above the binary point, the last one set if any bit below is. */
    private static long scaled(long high, long low, long c) {
        long carry = Math.multiplyHigh(low, c);
        long y0 = high * c;
        long y1 = Math.multiplyHigh(high, c);
        long z = (y0 >>> 1) + carry;
        long w = y1 + (z >>> 63);
        return w | (((z & MASK_63) + MASK_63) >>> 63);
    }

    private static int floorLog10Pow2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2Pow10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }
}
