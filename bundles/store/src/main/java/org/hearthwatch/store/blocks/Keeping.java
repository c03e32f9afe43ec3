package org.hearthwatch.store.blocks;

import java.util.List;
import org.hearthwatch.api.metric.Labels;

/**
 * How long samples are kept.
 *
 * @param rawMillis samples as they came
 * @param totalBytes all blocks and the log together; 0 for no limit
 * @param tiers what is made of them and kept longer, by growing width
 * @param rules for some series other times than {@code rawMillis}; the first that matches holds
 */
public record Keeping(long rawMillis, long totalBytes, List<Tier> tiers, List<Rule> rules) {

    public Keeping {
        tiers = List.copyOf(tiers);
        rules = List.copyOf(rules);
    }

    /**
     * Intervals instead of samples.
     *
     * @param width of the intervals
     * @param keptMillis how long they are kept
     * @param bytes what they may take on disk; 0 for no limit of their own
     */
    public record Tier(long width, long keptMillis, long bytes) {}

    /** How long the series that match are kept. */
    public record Rule(LabelTest series, long keptMillis) {}

    /** Whether labels match. */
    @FunctionalInterface
    public interface LabelTest {
        boolean matches(Labels labels);
    }

    /** The widths of the tiers, growing. */
    public List<Long> widths() {
        return tiers.stream().map(Tier::width).toList();
    }

    /**
     * How long a series is kept in blocks of a resolution and level. A rule that is shorter than what holds for samples as
     * they came holds for tiers too; a longer one keeps only samples as they came.
     */
    long millis(Labels labels, long resolution, int level) {
        boolean feeds = feedsTiers(resolution, level);
        long otherwise = feeds ? Long.MAX_VALUE : millis(resolution);
        for (Rule rule : rules) {
            if (rule.series().matches(labels)) {
                boolean shorter = rule.keptMillis() < rawMillis;
                return shorter || (resolution == 0 && !feeds) ? rule.keptMillis() : otherwise;
            }
        }
        return otherwise;
    }

    /** Whether tiers are yet to be made of blocks, so that what they are to tell of must stay however old it is. */
    boolean feedsTiers(long resolution, int level) {
        return resolution == 0 && level < Windows.DAY && !tiers.isEmpty();
    }

    /** What holds for a resolution without a rule; for ever for a tier that is no longer made. */
    long millis(long resolution) {
        if (resolution == 0) {
            return rawMillis;
        }
        for (Tier tier : tiers) {
            if (tier.width() == resolution) {
                return tier.keptMillis();
            }
        }
        return Long.MAX_VALUE;
    }
}
