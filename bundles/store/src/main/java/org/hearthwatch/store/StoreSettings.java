package org.hearthwatch.store;

import java.time.Duration;
import java.util.List;
import org.hearthwatch.store.blocks.Keeping;

/**
 * How much is kept and what is let in.
 *
 * @param retention samples as they came that are older go
 * @param retentionBytes what all on disk together may take, kept by dropping what is oldest; 0 for no limit
 * @param memoryBytes samples in memory are kept below this by cutting them to blocks
 * @param outOfOrderWindow how much older than the newest a sample may be
 * @param futureWindow how far in the future a sample may be
 * @param maxSeries series at a time
 * @param commitInterval how long samples are gathered before they are written; 0 writes at once
 * @param reserveBytes given up when the disk is full, so that what was taken can be written
 * @param tiers what is made of samples and kept longer, by growing width
 * @param rules other retention for some series
 * @param tailBytes how much of the log is kept for those who follow it
 * @param cut how much time is cut from memory at once; windows of blocks are multiples of it
 */
public record StoreSettings(
        Duration retention,
        long retentionBytes,
        long memoryBytes,
        Duration outOfOrderWindow,
        Duration futureWindow,
        int maxSeries,
        Duration commitInterval,
        long reserveBytes,
        List<Keeping.Tier> tiers,
        List<Keeping.Rule> rules,
        long tailBytes,
        Duration cut) {

    /** A series with one sample takes less than this; were there more series than fit, no dropping would help. */
    private static final long BYTES_PER_SERIES = 256;

    public StoreSettings {
        tiers = List.copyOf(tiers);
        rules = List.copyOf(rules);
    }

    /** Series there may be at a time, so that at least their newest samples fit into memory. */
    public int seriesLimit() {
        return (int) Math.min(maxSeries, memoryBytes / BYTES_PER_SERIES);
    }

    /** What is held back: a quarter of what all may take at most. */
    public long heldBack() {
        return retentionBytes == 0 ? reserveBytes : Math.min(reserveBytes, retentionBytes / 4);
    }

    /** How long samples are kept. */
    public Keeping keeping() {
        return new Keeping(retention.toMillis(), retentionBytes, tiers, rules);
    }

    /** What holds where nothing is set. */
    public static final StoreSettings DEFAULTS = new StoreSettings(
            Duration.ofDays(15),
            0,
            64L << 20,
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            100_000,
            Duration.ofMillis(250),
            64L << 20,
            List.of(
                    new Keeping.Tier(
                            Duration.ofMinutes(5).toMillis(),
                            Duration.ofDays(90).toMillis(),
                            0),
                    new Keeping.Tier(
                            Duration.ofHours(1).toMillis(),
                            Duration.ofDays(3 * 365).toMillis(),
                            0)),
            List.of(),
            2L << 30,
            Duration.ofHours(1));
}
