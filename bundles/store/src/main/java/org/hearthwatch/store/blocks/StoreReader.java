package org.hearthwatch.store.blocks;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of series from memory and blocks together. Thread-safe. */
public final class StoreReader {

    private static final SelectHints SAMPLES = new SelectHints(Duration.ZERO, Duration.ZERO, Aspect.SAMPLES);

    private final Head head;
    private final BlockStore blocks;
    private final InstantSource clock;
    private final Supplier<List<Long>> tierWidths;
    private final Supplier<Duration> futureWindow;
    private final AtomicLong damagedReads = new AtomicLong();

    /**
     * A reader of memory and blocks.
     *
     * @param tierWidths of the tiers that are made, growing, in milliseconds
     * @param futureWindow newest samples further ahead than this are passed over
     */
    public StoreReader(
            Head head,
            BlockStore blocks,
            InstantSource clock,
            Supplier<List<Long>> tierWidths,
            Supplier<Duration> futureWindow) {
        this.head = head;
        this.blocks = blocks;
        this.clock = clock;
        this.tierWidths = tierWidths;
        this.futureWindow = futureWindow;
    }

    public Selection select(List<Matcher> matchers, long from, long to) {
        return select(matchers, from, to, SAMPLES);
    }

    /** See {@link org.hearthwatch.api.store.SeriesReader#select(List, long, long, SelectHints)}. */
    public Selection select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        // Whoever asks wants them by labels in the end, and memory keeps that order.
        List<Series> candidates = head.selectSorted(matchers);
        long width = Planner.choose(blocks.state(), tierWidths.get(), from, to, hints);
        var warnings = new Warnings(damagedReads);
        SeriesRead source = width == 0
                ? new RawRead(blocks, from, to, hints.equals(SAMPLES), hints.newestOnly(), warnings)
                : tierOrSamples(candidates, width, from, to, hints.aspect(), warnings);
        try {
            var found = new ArrayList<Series>(candidates.size());
            for (Series series : candidates) {
                if (source.has(series)) {
                    found.add(series);
                }
            }
            return new BlockSelection(found, source, warnings);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** A tier, unless it would leave something out that there is as it came. */
    private SeriesRead tierOrSamples(
            List<Series> candidates, long width, long from, long to, Aspect aspect, Warnings warnings) {
        var tier = new TierRead(blocks, width, from, to, aspect, warnings);
        try {
            if (Planner.lacksRaw(blocks.state(), from, to)
                    || candidates.stream().noneMatch(tier::leavesOut)) {
                return tier;
            }
        } catch (RuntimeException e) {
            tier.close();
            throw e;
        }
        tier.close();
        return new RawRead(blocks, from, to, false, false, warnings);
    }

    /** See {@link org.hearthwatch.api.store.SeriesReader#labelNames}. */
    public List<String> labelNames(List<Matcher> matchers, long from, long to) {
        Set<String> names = new HashSet<>();
        try (Selection selection = select(matchers, from, to)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.labels(i).forEach((name, value) -> names.add(name));
            }
        }
        return names.stream().sorted().toList();
    }

    /** See {@link org.hearthwatch.api.store.SeriesReader#labelValues}. */
    public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
        Set<String> values = new HashSet<>();
        try (Selection selection = select(matchers, from, to)) {
            for (int i = 0; i < selection.size(); i++) {
                values.add(selection.labels(i).get(label));
            }
        }
        values.remove("");
        return values.stream().sorted().toList();
    }

    /** See {@link org.hearthwatch.api.store.SeriesReader#latest}. */
    public List<Sample> latest(List<Matcher> matchers, long notBefore) {
        // A clock that was ahead for a while leaves samples that would be the newest until it gets there again.
        long end = clock.millis() + futureWindow.get().toMillis();
        List<Series> series = head.selectSorted(matchers);
        var samples = new ArrayList<Sample>(series.size());
        try (var held = new HeldBlocks(blocks, block -> block.isRaw() && block.overlaps(notBefore, end))) {
            var buffer = new SampleBuffer();
            for (Series one : series) {
                Sample newest = one.newest(end);
                long known = newest == null ? Long.MIN_VALUE : newest.timestamp();
                long inBlocks = newestInBlocks(held.now(), one.ref(), end, new Warnings(damagedReads));
                if (inBlocks > known) {
                    newest = newestOf(held.now(), one, Math.max(known, notBefore), end, buffer);
                }
                if (newest != null && newest.timestamp() >= notBefore && !Staleness.isStale(newest.value())) {
                    samples.add(newest);
                }
            }
        }
        return samples;
    }

    private static long newestInBlocks(BlockSnapshot held, int ref, long end, Missing missing) {
        long newest = Long.MIN_VALUE;
        for (LiveBlock block : held.blocks()) {
            try {
                int place = block.file().indexOf(ref);
                if (place >= 0 && block.file().first(place) <= end) {
                    newest = Math.max(newest, Math.min(end, block.file().last(place)));
                }
            } catch (UncheckedIOException e) {
                missing.withoutIndex(e);
            }
        }
        return newest;
    }

    private @Nullable Sample newestOf(BlockSnapshot held, Series series, long from, long end, SampleBuffer buffer) {
        buffer.clear();
        var memory = new SampleBuffer();
        series.read(from, end, memory);
        var merge = new SampleMerge(held.state().tombstones(), new Warnings(damagedReads));
        for (LiveBlock block : held.blocks()) {
            merge.add(block, series.ref(), from, end);
        }
        merge.add(memory);
        merge.read(buffer);
        int last = buffer.size() - 1;
        if (last < 0) {
            return null;
        }
        return buffer.histogram(last)
                .map(histogram -> new Sample(series.labels(), buffer.timestamp(last), histogram))
                .orElseGet(() -> new Sample(series.labels(), buffer.timestamp(last), buffer.value(last)));
    }

    /** How many chunks or blocks could not be read since the start. */
    public long damagedReads() {
        return damagedReads.get();
    }
}
