package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hearthwatch.store.tier.TierBuffer;

/** Puts together the intervals of one series from blocks: of two of one end, that of the greater generation. */
final class TierMerge {

    private TierMerge() {}

    /**
     * Reads intervals.
     *
     * @param blocks of one tier, by growing generation
     * @param from first end
     * @param to last end
     * @param tombstones an interval of which anything is deleted is left out
     */
    static TierBuffer read(
            List<LiveBlock> blocks, int ref, long from, long to, List<Tombstone> tombstones, Missing missing) {
        var merged = new TierBuffer();
        for (LiveBlock block : blocks) {
            var next = new TierBuffer();
            try {
                int place = block.file().indexOf(ref);
                if (place >= 0
                        && block.file().first(place) <= to
                        && block.file().last(place) >= from) {
                    block.file().read(place, from, to, next, missing::damaged);
                }
            } catch (UncheckedIOException e) {
                missing.withoutIndex(e);
            } catch (IOException e) {
                missing.unreadable(e);
            }
            merged = over(merged, without(next, block, ref, tombstones));
        }
        return merged;
    }

    private static TierBuffer without(TierBuffer intervals, LiveBlock block, int ref, List<Tombstone> tombstones) {
        if (tombstones.isEmpty() || intervals.size() == 0) {
            return intervals;
        }
        long width = block.meta().resolution();
        var deleted = Deletions.of(
                tombstones, block.generation(), ref, intervals.end(0) - width + 1, intervals.end(intervals.size() - 1));
        if (deleted.isEmpty()) {
            return intervals;
        }
        var left = new TierBuffer();
        for (int i = 0; i < intervals.size(); i++) {
            long end = intervals.end(i);
            if (deleted.stream().noneMatch(tombstone -> tombstone.overlaps(end - width + 1, end))) {
                left.add(intervals, i);
            }
        }
        return left;
    }

    /** The intervals of both; where both have one, the second's. */
    static TierBuffer over(TierBuffer weaker, TierBuffer stronger) {
        if (weaker.size() == 0) {
            return stronger;
        }
        if (stronger.size() == 0) {
            return weaker;
        }
        var both = new TierBuffer();
        int a = 0;
        int b = 0;
        while (a < weaker.size() || b < stronger.size()) {
            if (b == stronger.size() || (a < weaker.size() && weaker.end(a) < stronger.end(b))) {
                both.add(weaker, a++);
            } else {
                if (a < weaker.size() && weaker.end(a) == stronger.end(b)) {
                    a++;
                }
                both.add(stronger, b++);
            }
        }
        return both;
    }
}
