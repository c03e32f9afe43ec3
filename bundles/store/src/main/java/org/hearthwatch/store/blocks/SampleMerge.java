package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.api.store.SampleBuffer;

/**
 * Puts together the samples of one series from blocks and memory: in growing time, and of two of one time that of the
 * greater generation, memory's before all. Blocks that do not overlap for the series are read straight into the result.
 */
final class SampleMerge {

    private static final Comparator<Source> BY_TIME = Comparator.comparingLong(Source::first);
    private static final Comparator<Source> BY_GENERATION = Comparator.comparingLong(Source::generation);

    private final List<Source> sources = new ArrayList<>();
    private final List<Tombstone> tombstones;
    private final Missing missing;

    /**
     * For one series at a time.
     *
     * @param tombstones deletions to be applied to what blocks hold
     * @param missing told of what is left out
     */
    SampleMerge(List<Tombstone> tombstones, Missing missing) {
        this.tombstones = tombstones;
        this.missing = missing;
    }

    /** Where samples come from. */
    private sealed interface Source {

        long first();

        long last();

        long generation();

        void read(SampleBuffer into) throws IOException;
    }

    /** A block's part. */
    private record InBlock(LiveBlock block, int place, long first, long last, List<Tombstone> deleted, Missing missing)
            implements Source {

        @Override
        public long generation() {
            return block.generation();
        }

        @Override
        public void read(SampleBuffer into) throws IOException {
            if (deleted.isEmpty()) {
                block.file().read(place, first, last, into, missing::damaged);
                return;
            }
            for (long at = Deletions.firstLeft(deleted, first); at <= last && at != Long.MAX_VALUE; ) {
                long end = Deletions.lastLeft(deleted, at, last);
                block.file().read(place, at, end, into, missing::damaged);
                if (end == last) {
                    return;
                }
                at = Deletions.firstLeft(deleted, end + 1);
            }
        }
    }

    /** What memory has. */
    private record InMemory(SampleBuffer samples) implements Source {

        @Override
        public long first() {
            return samples.timestamp(0);
        }

        @Override
        public long last() {
            return samples.timestamp(samples.size() - 1);
        }

        @Override
        public long generation() {
            return Long.MAX_VALUE;
        }

        @Override
        public void read(SampleBuffer into) {
            if (!samples.hasHistograms()) {
                into.add(samples.timestamps(), samples.values(), 0, samples.size());
                return;
            }
            for (int i = 0; i < samples.size(); i++) {
                copy(samples, i, into);
            }
        }
    }

    /** Begins a series. */
    void clear() {
        sources.clear();
    }

    /** Adds what a block has of the series between two times. */
    void add(LiveBlock block, int ref, long from, long to) {
        try {
            int place = block.file().indexOf(ref);
            if (place >= 0) {
                addPlace(block, place, ref, from, to);
            }
        } catch (UncheckedIOException e) {
            missing.withoutIndex(e);
        }
    }

    /** Adds what a block has at a place between two times. */
    void addPlace(LiveBlock block, int place, int ref, long from, long to) {
        long first = Math.max(from, block.file().first(place));
        long last = Math.min(to, block.file().last(place));
        if (first <= last) {
            var deleted = Deletions.of(tombstones, block.generation(), ref, first, last);
            sources.add(new InBlock(block, place, first, last, deleted, missing));
        }
    }

    /** Adds what memory has. */
    void add(SampleBuffer memory) {
        if (memory.size() > 0) {
            sources.add(new InMemory(memory));
        }
    }

    /** Adds the samples to a buffer whose samples are all older. */
    void read(SampleBuffer into) {
        if (sources.size() > 1) {
            sources.sort(BY_TIME);
        }
        for (int from = 0; from < sources.size(); ) {
            long last = sources.get(from).last();
            int to = from + 1;
            while (to < sources.size() && sources.get(to).first() <= last) {
                last = Math.max(last, sources.get(to).last());
                to++;
            }
            if (to == from + 1) {
                readOne(sources.get(from), into);
            } else {
                merge(sources.subList(from, to), into);
            }
            from = to;
        }
    }

    private void readOne(Source source, SampleBuffer into) {
        try {
            source.read(into);
        } catch (IOException e) {
            missing.unreadable(e);
        }
    }

    private void merge(List<Source> overlapping, SampleBuffer into) {
        overlapping.sort(BY_GENERATION);
        var merged = new SampleBuffer();
        for (Source source : overlapping) {
            var next = new SampleBuffer();
            readOne(source, next);
            merged = merge(merged, next);
        }
        for (int i = 0; i < merged.size(); i++) {
            copy(merged, i, into);
        }
    }

    /** Merges two; where both have a time, the second's sample holds. */
    private static SampleBuffer merge(SampleBuffer older, SampleBuffer newer) {
        if (older.size() == 0) {
            return newer;
        }
        var both = new SampleBuffer();
        int a = 0;
        int b = 0;
        while (a < older.size() || b < newer.size()) {
            if (b == newer.size() || (a < older.size() && older.timestamp(a) < newer.timestamp(b))) {
                copy(older, a++, both);
            } else {
                if (a < older.size() && older.timestamp(a) == newer.timestamp(b)) {
                    a++;
                }
                copy(newer, b++, both);
            }
        }
        return both;
    }

    static void copy(SampleBuffer from, int index, SampleBuffer into) {
        var histogram = from.histogram(index);
        if (histogram.isPresent()) {
            into.add(from.timestamp(index), histogram.get());
        } else {
            into.add(from.timestamp(index), from.value(index));
        }
    }
}
