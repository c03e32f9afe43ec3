package org.hearthwatch.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.store.blocks.BlockStore;
import org.hearthwatch.store.blocks.LiveBlock;
import org.hearthwatch.store.blocks.Tombstone;
import org.hearthwatch.store.blocks.Upkeep;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.catalog.SeriesCatalog.Entry;
import org.hearthwatch.store.checkpoint.Checkpoint;
import org.hearthwatch.store.checkpoint.CheckpointFiles;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.head.Tally;
import org.hearthwatch.store.log.LogFloor;
import org.hearthwatch.store.log.Replay;
import org.hearthwatch.store.log.TimeSpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills memory at the start: the series from the catalogue and the blocks, then the samples from the log. */
final class Recovery implements Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** The metric name of series of which only the number is left; the number is in the label {@code ref}. */
    private static final String NAMELESS = "hearthwatch_recovered_series";

    private final Head head;
    private final SeriesCatalog catalog;
    private final BlockStore blocks;
    private final Upkeep upkeep;
    private final long memoryBytes;
    private final long oldest;
    private final Tally tally;
    private final List<Tombstone> tombstones;
    private long segment;

    /** @param oldest samples before this time may be of series that are gone */
    Recovery(Head head, SeriesCatalog catalog, BlockStore blocks, Upkeep upkeep, long memoryBytes, long oldest) {
        this.head = head;
        this.tally = head.tally();
        this.catalog = catalog;
        this.blocks = blocks;
        this.upkeep = upkeep;
        this.memoryBytes = memoryBytes;
        this.oldest = oldest;
        this.tombstones = blocks.state().tombstones();
    }

    /** Puts the series there are into memory. @return whether the catalogue had all of them */
    boolean series(List<Entry> entries, List<Damage> damages) throws IOException {
        // Of two numbers of one series blocks have the later one: the earlier was free when it was forgotten.
        Map<Labels, Integer> own = new HashMap<>();
        var known = new BitSet();
        for (Entry entry : entries) {
            own.put(entry.labels(), entry.ref());
        }
        // The index takes numbers that grow at its end, and others at the cost of all it has.
        List<Entry> growing = new ArrayList<>(entries);
        growing.sort(Comparator.comparingInt(Entry::ref));
        var earlier = new ArrayList<Entry>();
        for (Entry entry : growing) {
            if (own.getOrDefault(entry.labels(), entry.ref()) == entry.ref()) {
                head.add(entry.ref(), entry.labels());
            } else {
                earlier.add(entry);
            }
            known.set(entry.ref());
        }
        for (Entry entry : earlier) {
            head.add(entry.ref(), entry.labels());
        }
        return catalog.holds(blocks.namedBy()) || fromBlocks(known, damages);
    }

    /** Puts series into memory that are in blocks and not in the catalogue. @return whether there are none */
    private boolean fromBlocks(BitSet known, List<Damage> damages) throws IOException {
        int nameless = 0;
        var found = new ArrayList<Entry>();
        for (LiveBlock block : blocks.state().blocks()) {
            for (int i = 0; i < block.file().size(); i++) {
                int ref = block.file().ref(i);
                if (!known.get(ref)) {
                    Optional<Labels> labels = labelsOf(ref);
                    nameless += labels.isEmpty() ? 1 : 0;
                    found.add(
                            new Entry(ref, labels.orElseGet(() -> Labels.of(Labels.NAME, NAMELESS, "ref", "" + ref))));
                    known.set(ref);
                }
            }
        }
        found.sort(Comparator.comparingInt(Entry::ref));
        for (Entry entry : found) {
            catalog.used(entry.ref());
            head.add(entry.ref(), entry.labels());
        }
        if (!found.isEmpty()) {
            damages.add(new Damage(
                    found.size() + " series of the blocks are not in the catalogue; their labels were taken from the"
                            + " blocks"
                            + (nameless == 0
                                    ? ""
                                    : ", but for " + nameless + " that are called " + NAMELESS + " from now on"),
                    false));
        }
        return found.isEmpty();
    }

    private Optional<Labels> labelsOf(int ref) throws IOException {
        for (LiveBlock block : blocks.state().blocks()) {
            int place = block.file().indexOf(ref);
            if (place >= 0) {
                Optional<Labels> labels = block.file().labels(place);
                if (labels.isPresent()) {
                    return labels;
                }
            }
        }
        return Optional.empty();
    }

    /** Puts into memory what was written down of it, as far as that is not in blocks and not deleted since. */
    Checkpoint checkpoint(CheckpointFiles files, List<Damage> damages) throws IOException {
        var unknown = new TimeSpan();
        Checkpoint found = files.load(
                (ref, chunks) -> {
                    catalog.used(ref);
                    Series series = head.at(ref);
                    if (series == null) {
                        unknown.include(chunks[0].start());
                        unknown.include(chunks[chunks.length - 1].end());
                    } else {
                        series.restore(chunks, tally);
                    }
                },
                damages);
        catalog.used(found.nextRef() - 1);
        head.add(tally);
        if (head.sampleCount() > 0) {
            LogFloor floor = blocks.state().floor();
            if (found.segment() <= floor.segment()) {
                head.dropBefore(head.all(), floor.time(), true);
            }
            for (Tombstone tombstone : tombstones) {
                if (tombstone.generation() > found.lastDeletion()) {
                    head.delete(seriesOf(tombstone), tombstone.from(), tombstone.to());
                }
            }
        }
        segmentRead();
        LogFloor inBlocks = blocks.state().floor();
        boolean gone = found.segment() <= inBlocks.segment() && unknown.to() < inBlocks.time();
        if (!unknown.isEmpty() && unknown.to() >= oldest && !gone) {
            damages.add(new Damage(
                    "The checkpoint of memory has samples from " + unknown
                            + " of series that the catalogue does not know; they are lost",
                    false));
        }
        return found;
    }

    private List<Series> seriesOf(Tombstone tombstone) {
        var series = new ArrayList<Series>();
        for (int i = 0; i < tombstone.size(); i++) {
            Series one = head.at(tombstone.ref(i));
            if (one != null) {
                series.add(one);
            }
        }
        return series;
    }

    @Override
    public void segment(long sequence) {
        segment = sequence;
    }

    @Override
    public boolean sample(int ref, long time, long bits) {
        catalog.used(ref);
        Series series = head.at(ref);
        if (series != null && !isDeleted(ref, time)) {
            series.append(time, bits, Long.MIN_VALUE, tally);
        }
        return series != null;
    }

    @Override
    public boolean samples(int ref, long[] times, long[] bits, int from, int to) {
        if (!tombstones.isEmpty()) {
            return Replay.super.samples(ref, times, bits, from, to);
        }
        catalog.used(ref);
        Series series = head.at(ref);
        if (series != null) {
            series.append(times, bits, from, to, tally);
        }
        return series != null;
    }

    @Override
    public boolean sample(int ref, long time, NativeHistogram histogram) {
        catalog.used(ref);
        Series series = head.at(ref);
        if (series != null && !isDeleted(ref, time)) {
            series.append(time, histogram, Long.MIN_VALUE, tally);
        }
        return series != null;
    }

    private boolean isDeleted(int ref, long time) {
        for (Tombstone tombstone : tombstones) {
            if (tombstone.covers(segment, ref, time)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void used(int ref) {
        catalog.used(ref);
    }

    @Override
    public long oldest() {
        return oldest;
    }

    @Override
    public void segmentRead() {
        head.add(tally);
        if (head.sampleBytes() > memoryBytes) {
            try {
                upkeep.cutWhileReading(head.newest() + 1);
            } catch (IOException e) {
                LOG.warn("Memory is short and could not be cut to blocks while the log was read: {}", e.getMessage());
            }
        }
    }
}
