package org.hearthwatch.prometheus.exposition;

/**
 * What a text may hold at most; beyond, it is refused.
 *
 * @param lineBytes the longest line
 * @param labels labels of a series, its name not counted
 * @param nameBytes the longest metric or label name
 * @param valueBytes the longest label value
 * @param samples in one text
 * @param families families with metadata in one text
 */
public record ExpositionLimits(int lineBytes, int labels, int nameBytes, int valueBytes, long samples, int families) {

    /** Generous for a scrape or a push. */
    public static final ExpositionLimits USUAL =
            new ExpositionLimits(64 * 1024, 100, 1024, 16 * 1024, 1_000_000, 50_000);

    /** For files of any length: what is held of them at a time is bounded all the same. */
    public static final ExpositionLimits FILE =
            new ExpositionLimits(1024 * 1024, 100, 1024, 64 * 1024, Long.MAX_VALUE, Integer.MAX_VALUE);
}
