package org.hearthwatch.store.block;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.tier.TierBuffer;

/**
 * Puts blocks of one tier together into one, series after series: no more than one series is in memory at a time. Of
 * samples with one time the one of the later block stays. For one thread, which may be interrupted.
 */
public final class BlockMerger {

    private static final long NONE_LEFT = Long.MAX_VALUE;

    private final List<BlockFile> blocks;
    private final IntFunction<Optional<Labels>> labels;
    private final Deletions deletions;
    private final Consumer<String> damage;
    private final int[] places;

    /** Tells which times of a series are not to be kept. */
    @FunctionalInterface
    public interface Deletions {

        /** Nothing is deleted. */
        Deletions NONE = ref -> List.of();

        List<Interval> of(int ref);
    }

    /** A time, both ends included. */
    public record Interval(long from, long to) {}

    /**
     * @param blocks of the same resolution, later generations behind earlier ones; kept open by the caller
     * @param labels of a series; where there are none, those a block has are taken, or else no labels
     * @param damage told of what cannot be read and is left out
     * @throws IllegalArgumentException if resolutions differ
     */
    public BlockMerger(
            List<BlockFile> blocks,
            IntFunction<Optional<Labels>> labels,
            Deletions deletions,
            Consumer<String> damage) {
        this.blocks = List.copyOf(blocks);
        this.labels = labels;
        this.deletions = deletions;
        this.damage = damage;
        this.places = new int[blocks.size()];
        if (blocks.stream().map(block -> block.meta().resolution()).distinct().count() > 1) {
            throw new IllegalArgumentException("Blocks of different resolutions cannot be merged");
        }
    }

    /**
     * Writes all series with what they have from one time to another, both included, and what is not deleted. The caller
     * finishes the writer. Of a tier, an interval goes when any of its time is deleted.
     *
     * @throws InterruptedException if the thread was interrupted; the writer is of no use then
     */
    public void merge(long from, long to, BlockWriter into) throws IOException, InterruptedException {
        long resolution = blocks.isEmpty() ? 0 : blocks.get(0).meta().resolution();
        Series series = resolution == 0 ? new Samples(into) : new Intervals(into, resolution);
        for (long next = next(); next != NONE_LEFT; next = next()) {
            int ref = (int) next;
            if (Thread.interrupted()) {
                throw new InterruptedException("Merging blocks was interrupted");
            }
            Labels known = labels.apply(ref).orElse(null);
            for (int i = 0; i < places.length; i++) {
                BlockFile block = blocks.get(i);
                if (places[i] < block.size() && block.ref(places[i]) == ref) {
                    series.take(block, places[i], from, to);
                    if (known == null) {
                        known = block.labels(places[i]).orElse(null);
                    }
                    places[i]++;
                }
            }
            series.write(ref, known == null ? Labels.EMPTY : known, deletions.of(ref));
        }
    }

    /** The least number of a series not yet merged. */
    private long next() {
        long least = NONE_LEFT;
        for (int i = 0; i < places.length; i++) {
            if (places[i] < blocks.get(i).size()) {
                least = Math.min(least, blocks.get(i).ref(places[i]));
            }
        }
        return least;
    }

    private static boolean deleted(List<Interval> deletions, long from, long to) {
        for (Interval each : deletions) {
            if (each.from <= to && each.to >= from) {
                return true;
            }
        }
        return false;
    }

    /** What is gathered of one series. */
    private interface Series {

        void take(BlockFile block, int place, long from, long to) throws IOException;

        void write(int ref, Labels labels, List<Interval> deletions) throws IOException;
    }

    /** A series of samples. */
    private final class Samples implements Series {

        private final BlockWriter into;
        private SampleBuffer all = new SampleBuffer();
        private SampleBuffer spare = new SampleBuffer();
        private final SampleBuffer later = new SampleBuffer();

        Samples(BlockWriter into) {
            this.into = into;
        }

        @Override
        public void take(BlockFile block, int place, long from, long to) throws IOException {
            if (all.size() == 0 || all.timestamp(all.size() - 1) < block.first(place)) {
                block.read(place, from, to, all, damage);
                return;
            }
            later.clear();
            block.read(place, from, to, later, damage);
            spare.clear();
            int old = 0;
            for (int i = 0; i < later.size(); i++) {
                long time = later.timestamp(i);
                while (old < all.size() && all.timestamp(old) < time) {
                    add(all, old++, spare);
                }
                if (old < all.size() && all.timestamp(old) == time) {
                    old++;
                }
                add(later, i, spare);
            }
            while (old < all.size()) {
                add(all, old++, spare);
            }
            SampleBuffer merged = spare;
            spare = all;
            all = merged;
        }

        private static void add(SampleBuffer from, int index, SampleBuffer to) {
            if (from.hasHistograms() && from.histogram(index).isPresent()) {
                to.add(from.timestamp(index), from.histogram(index).get());
            } else {
                to.add(from.timestamp(index), from.value(index));
            }
        }

        @Override
        public void write(int ref, Labels labels, List<Interval> deletions) throws IOException {
            if (!deletions.isEmpty()) {
                spare.clear();
                for (int i = 0; i < all.size(); i++) {
                    if (!deleted(deletions, all.timestamp(i), all.timestamp(i))) {
                        add(all, i, spare);
                    }
                }
                SampleBuffer kept = spare;
                spare = all;
                all = kept;
            }
            into.series(ref, labels, all);
            all.clear();
        }
    }

    /** A series of intervals. */
    private final class Intervals implements Series {

        private final BlockWriter into;
        private final long width;
        private TierBuffer all = new TierBuffer();
        private TierBuffer spare = new TierBuffer();
        private final TierBuffer later = new TierBuffer();

        Intervals(BlockWriter into, long width) {
            this.into = into;
            this.width = width;
        }

        @Override
        public void take(BlockFile block, int place, long from, long to) throws IOException {
            later.clear();
            block.read(place, from, to, later, damage);
            spare.clear();
            int old = 0;
            for (int i = 0; i < later.size(); i++) {
                while (old < all.size() && all.end(old) < later.end(i)) {
                    spare.add(all, old++);
                }
                if (old < all.size() && all.end(old) == later.end(i)) {
                    old++;
                }
                spare.add(later, i);
            }
            while (old < all.size()) {
                spare.add(all, old++);
            }
            TierBuffer merged = spare;
            spare = all;
            all = merged;
        }

        @Override
        public void write(int ref, Labels labels, List<Interval> deletions) throws IOException {
            spare.clear();
            for (int i = 0; i < all.size(); i++) {
                if (!deleted(deletions, all.end(i) - width + 1, all.end(i))) {
                    spare.add(all, i);
                }
            }
            into.series(ref, labels, spare);
            all.clear();
        }
    }
}
