package org.hearthwatch.api.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where samples are, for people and {@code /api/v1/status/tsdb}.
 *
 * @param blocks by tier and time
 * @param deletions deletions that still have to be carried out in some block
 * @param quarantined files kept because something in them could not be read
 * @param problems damage that was met since the start, for people
 */
public record StoreLayout(
        Log log, Head head, List<Block> blocks, int deletions, List<String> quarantined, List<String> problems) {

    public StoreLayout {
        blocks = List.copyOf(blocks);
        quarantined = List.copyOf(quarantined);
        problems = List.copyOf(problems);
    }

    /** The write-ahead log. */
    public record Log(int segments, long bytes) {}

    /** What is in memory. */
    public record Head(
            long series, long samples, long chunks, long bytes, Optional<Instant> from, Optional<Instant> to) {}

    /**
     * A block file.
     *
     * @param resolution zero for samples as they came, or the width of the tier's intervals
     * @param level how often it was merged; 0 as it was cut from memory
     */
    public record Block(
            String name,
            Duration resolution,
            int level,
            Instant from,
            Instant to,
            long series,
            long samples,
            long bytes) {}
}
