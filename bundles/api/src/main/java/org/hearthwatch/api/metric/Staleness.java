package org.hearthwatch.api.metric;

/**
 * The marker that says a series ended on purpose: a NaN with a bit pattern of its own, {@code 0x7ff0000000000002}, as
 * Prometheus writes it. Any other NaN is a measured value.
 */
public final class Staleness {

    /** The bits of the stale marker. */
    public static final long BITS = 0x7ff0_0000_0000_0002L;

    /** The stale marker. Compare with {@link #isStale}, never with {@code ==}. */
    public static final double MARKER = Double.longBitsToDouble(BITS);

    private Staleness() {}

    public static boolean isStale(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}
