package org.hearthwatch.store;

import java.time.Duration;

/**
 * How much is kept and what is let in.
 *
 * @param retention samples older than this go
 * @param retentionBytes the log is kept below this by dropping what is oldest
 * @param memoryBytes samples in memory are kept below this by dropping what is oldest
 * @param outOfOrderWindow how much older than the newest a sample may be
 * @param futureWindow how far in the future a sample may be
 * @param maxSeries series at a time
 * @param commitInterval how long samples are gathered before they are written; 0 writes at once
 * @param reserveBytes given up when the disk is full, so that what was taken can be written
 */
public record StoreSettings(
        Duration retention,
        long retentionBytes,
        long memoryBytes,
        Duration outOfOrderWindow,
        Duration futureWindow,
        int maxSeries,
        Duration commitInterval,
        long reserveBytes) {

    /** A series with one sample takes less than this; were there more series than fit, no dropping would help. */
    private static final long BYTES_PER_SERIES = 256;

    /** Series there may be at a time, so that at least their newest samples fit into memory. */
    public int seriesLimit() {
        return (int) Math.min(maxSeries, memoryBytes / BYTES_PER_SERIES);
    }

    /** What holds where nothing is set. */
    public static final StoreSettings DEFAULTS = new StoreSettings(
            Duration.ofDays(15),
            2L << 30,
            64L << 20,
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            100_000,
            Duration.ofMillis(250),
            64L << 20);
}
