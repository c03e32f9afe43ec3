package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.tier.Downsampler;
import org.hearthwatch.store.tier.TierBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a {@link MergeJob}: reads the series one after the other from all blocks, leaves out what is deleted or too
 * old, and writes them to one block, and of a day to the tiers as well. A block of which something could not be read goes
 * to quarantine rather than away; where the disk lets one not be read, nothing is done. For one thread.
 */
final class Merger {

    private static final Logger LOG = LoggerFactory.getLogger(Merger.class);

    private final Disk disk;
    private final BlockStore store;
    private final IntFunction<Labels> labels;
    private final Windows windows;

    /**
     * Merges blocks.
     *
     * @param labels of the series of a number
     */
    Merger(Disk disk, BlockStore store, IntFunction<Labels> labels, Windows windows) {
        this.disk = disk;
        this.store = store;
        this.labels = labels;
        this.windows = windows;
    }

    /** How long a series is kept: from which time on its samples still count. */
    interface Since {
        long time(Labels labels, long resolution);
    }

    /**
     * Carries a job out.
     *
     * @throws UnreadableBlockException if the disk did not let a block be read
     * @throws IOException if something could not be written
     */
    void run(MergeJob job, List<Long> widths, Since since) throws IOException {
        try (var blocks = new NewBlocks(disk, store)) {
            var change = new Change();
            job.sources().forEach(change::remove);
            if (job.resolution() > 0) {
                mergeTier(job, blocks, change, since);
            } else {
                new RawMerge(job, blocks, change, since, job.tiers() ? widths : List.of()).run();
            }
            blocks.publish(change);
        } catch (UncheckedIOException e) {
            throw new UnreadableBlockException(Objects.requireNonNull(e.getCause()));
        }
    }

    private void mergeTier(MergeJob job, NewBlocks blocks, Change change, Since since) throws IOException {
        NewBlock into = blocks.begin(job.resolution(), job.start(), job.end(), job.level(), true);
        List<Tombstone> tombstones = store.state().tombstones();
        var damage = new Damaged(job.sources(), change);
        var refs = new RefUnion(job.sources());
        while (refs.hasNext()) {
            int ref = refs.nextInt();
            Labels of = labels.apply(ref);
            long from = Math.max(Long.MIN_VALUE + job.resolution(), since.time(of, job.resolution()));
            TierBuffer merged = TierMerge.read(job.sources(), ref, from, Long.MAX_VALUE, tombstones, damage);
            into.series(ref, of, merged);
        }
    }

    /** Sees to it that no block goes away of which something could not be read. */
    private record Damaged(List<LiveBlock> sources, Change change, Set<String> told) implements Missing {

        Damaged(List<LiveBlock> sources, Change change) {
            this(sources, change, new HashSet<>());
        }

        @Override
        public void damaged(String message) {
            if (told.add(message)) {
                LOG.warn("Left out while merging blocks: {}", message);
                sources.forEach(change::quarantine);
            }
        }

        @Override
        public void unreadable(IOException why) {
            throw new UncheckedIOException(why);
        }
    }

    /** Merges samples as they came and makes the tiers of their window. */
    private final class RawMerge {

        private final MergeJob job;
        private final Since since;
        private final BlockState state;
        private final Damaged damage;
        private final NewBlock into;
        private final List<LiveBlock> all;
        private final List<LiveBlock> before;
        private final boolean complete;
        private final List<TierOfDay> tiers = new ArrayList<>();
        private final SampleBuffer samples = new SampleBuffer();

        RawMerge(MergeJob job, NewBlocks blocks, Change change, Since since, List<Long> widths) {
            this.job = job;
            this.since = since;
            this.into = blocks.begin(0, job.start(), job.end(), job.level(), true);
            for (long width : widths) {
                tiers.add(new TierOfDay(width, blocks.begin(width, job.start(), job.end(), job.level(), true)));
            }
            // Read after the generations were taken: a deletion not in this state holds for the new blocks.
            this.state = store.state();
            this.damage = new Damaged(job.sources(), change);
            this.all = tiers.isEmpty() ? job.sources() : state.blocks(0, job.start() + 1, job.end());
            this.before = state.blocks(0, job.start() - windows.cut(), job.start());
            this.complete = job.start() >= state.rawFloor();
            for (TierOfDay tier : tiers) {
                tier.old = state.blocks(tier.width, job.start() + 1, job.end());
                for (LiveBlock block : tier.old) {
                    if (block.meta().level() <= job.level()) {
                        change.remove(block);
                    }
                }
            }
        }

        void run() throws IOException {
            var every = new ArrayList<>(all);
            if (!complete) {
                tiers.forEach(tier -> every.addAll(tier.old));
            }
            var refs = new RefUnion(every);
            while (refs.hasNext()) {
                int ref = refs.nextInt();
                Labels of = labels.apply(ref);
                if (!job.sources().isEmpty()) {
                    read(job.sources(), ref, Math.max(job.start() + 1, since.time(of, 0)), job.end());
                    into.series(ref, of, samples);
                }
                if (!tiers.isEmpty()) {
                    downsample(ref, of);
                }
            }
        }

        private void read(List<LiveBlock> from, int ref, long first, long last) {
            samples.clear();
            var merge = new SampleMerge(state.tombstones(), damage);
            for (LiveBlock block : from) {
                merge.add(block, ref, first, last);
            }
            merge.read(samples);
        }

        private void downsample(int ref, Labels of) throws IOException {
            read(before, ref, job.start() - windows.cut(), job.start());
            double last = lastNumber();
            read(all, ref, job.start() + 1, job.end());
            TierBuffer narrower = new TierBuffer();
            for (int i = 0; i < tiers.size(); i++) {
                TierOfDay tier = tiers.get(i);
                var downsampler = new Downsampler(tier.width);
                if (Double.isNaN(last)) {
                    downsampler.start();
                } else {
                    downsampler.start(last);
                }
                var made = new TierBuffer();
                if (i > 0 && tier.width % tiers.get(i - 1).width == 0) {
                    downsampler.add(narrower, made);
                } else {
                    downsampler.add(samples, made);
                }
                downsampler.finish(made);
                narrower = made;
                TierBuffer kept = complete
                        ? made
                        : TierMerge.over(
                                made,
                                TierMerge.read(tier.old, ref, job.start() + 1, job.end(), state.tombstones(), damage));
                tier.into.series(ref, of, kept);
            }
        }

        private double lastNumber() {
            for (int i = samples.size() - 1; i >= 0; i--) {
                if (Double.isFinite(samples.value(i))) {
                    return samples.value(i);
                }
            }
            return Double.NaN;
        }
    }

    /** A tier of a window that is being made. */
    private static final class TierOfDay {
        private final long width;
        private final NewBlock into;
        private List<LiveBlock> old = List.of();

        TierOfDay(long width, NewBlock into) {
            this.width = width;
            this.into = into;
        }
    }
}
