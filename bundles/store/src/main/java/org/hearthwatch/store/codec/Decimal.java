package org.hearthwatch.store.codec;

/**
 * Doubles that are the nearest to a whole number divided by a power of ten, as all are that were once written with few
 * digits. Whether one is, is tried by making it anew and comparing bits, so that nothing is lost.
 */
final class Decimal {

    static final int MOST_DIGITS = 18;

    private static final double[] POWERS = powers();

    /** Whole numbers below are exact, and so their quotients are rightly rounded. */
    private static final double EXACT = 0x1p53;

    private static final int SAMPLED = 32;

    /** A column is no decimal one when more than every so-manieth sampled value is not. */
    private static final int SHARE = 8;

    private Decimal() {}

    private static double[] powers() {
        var powers = new double[MOST_DIGITS + 1];
        double power = 1;
        for (int i = 0; i <= MOST_DIGITS; i++) {
            powers[i] = power;
            power *= 10;
        }
        return powers;
    }

    static long scaled(double value, int digits) {
        return (long) Math.rint(value * POWERS[digits]);
    }

    static boolean fits(double value, int digits) {
        double scaled = Math.rint(value * POWERS[digits]);
        // Only a comparison of bits tells negative zero from zero.
        return Math.abs(scaled) < EXACT
                && Double.doubleToRawLongBits((double) (long) scaled / POWERS[digits])
                        == Double.doubleToRawLongBits(value);
    }

    /** How many digits the values have behind the point, but for few exceptions; negative when too many have none. */
    static int digits(double[] values, int from, int to) {
        int count = to - from;
        int sampled = Math.min(SAMPLED, count);
        int digits = 0;
        int failed = 0;
        for (int i = 0; i < sampled; i++) {
            double value = values[from + (int) ((long) i * count / sampled)];
            int needed = digits;
            while (needed <= MOST_DIGITS && !fits(value, needed)) {
                needed++;
            }
            if (needed <= MOST_DIGITS) {
                digits = needed;
            } else if (Double.isFinite(value) && ++failed > sampled / SHARE) {
                return -1;
            }
        }
        return digits;
    }

    static void values(long[] scaled, int count, int digits, double[] into) {
        double power = POWERS[digits];
        if (digits == 0) {
            for (int i = 0; i < count; i++) {
                into[i] = (double) scaled[i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                into[i] = (double) scaled[i] / power;
            }
        }
    }
}
