package org.hearthwatch.collector.host.kernel;

/**
 * The answer of adjtimex(2), in the kernel's own units; see its manual page for the fields.
 *
 * @param state what the call returned, the state of the clock: {@link #STATE_ERROR} means not synchronised
 * @param status the status bits; with {@link #NANOSECONDS} set, {@code offset} and {@code jitter} count nanoseconds,
 *     else microseconds
 */
public record ClockDiscipline(
        int state,
        int status,
        long offset,
        long frequency,
        long maxError,
        long estimatedError,
        long constant,
        long tick,
        long ppsFrequency,
        long jitter,
        int shift,
        long stability,
        long jitterCount,
        long calibrationCount,
        long errorCount,
        long stabilityCount,
        int tai) {

    /** TIME_ERROR: the clock is not synchronised to a reliable server. */
    public static final int STATE_ERROR = 5;

    /** STA_NANO. */
    public static final int NANOSECONDS = 0x2000;
}
