package org.hearthwatch.store.block;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskReader;
import org.hearthwatch.store.tier.TierBuffer;

/**
 * Reads one block. What is held of it in memory (the index, times in use, labels) is held softly and read again when it
 * had to go. Thread-safe. Opened once, and closed when the last that uses it lets go.
 */
public final class BlockFile implements Closeable {

    private final String location;
    private final DiskReader reader;
    private final Footer footer;
    private final BlockMeta meta;
    private final TimeCache times;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile SoftReference<BlockIndex> index;
    private volatile SoftReference<DecodedLabels> labels = new SoftReference<>(null);

    /** The group of labels read last. */
    private record DecodedLabels(int group, List<Labels> labels) {}

    private BlockFile(String location, DiskReader reader, Footer footer, BlockMeta meta) throws IOException {
        this.location = location;
        this.reader = reader;
        this.footer = footer;
        this.meta = meta;
        this.times = new TimeCache(reader);
        this.index = new SoftReference<>(null);
        checkIndex();
    }

    /**
     * Opens a block: header, footer and the index's checksum are checked.
     *
     * @throws org.hearthwatch.store.frame.ForeignFileException if it is something else, or of a newer version
     * @throws DamagedBlockException if one of them is not as it was written
     */
    public static BlockFile open(Disk disk, String name) throws IOException {
        String location = disk.location() + '/' + name;
        DiskReader reader = disk.open(name);
        try {
            long size = reader.size();
            if (size < Footer.HEADER_BYTES + Footer.BYTES) {
                throw new DamagedBlockException(location, "it is only " + size + " bytes long");
            }
            byte[] header = bytes(reader, 0, Footer.HEADER_BYTES);
            byte[] tail = bytes(reader, size - Footer.BYTES, Footer.BYTES);
            Footer footer = Footer.decode(location, header, tail, size);
            return new BlockFile(location, reader, footer, footer.meta(name));
        } catch (IOException | RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    /** Reads bytes, with a few zeros behind them that decoders may touch. */
    static byte[] bytes(DiskReader reader, long at, int length) throws IOException {
        var bytes = new byte[length + Long.BYTES];
        reader.read(at, ByteBuffer.wrap(bytes, 0, length));
        return bytes;
    }

    public BlockMeta meta() {
        return meta;
    }

    /** How many series. */
    public int size() {
        return meta.series();
    }

    /** The number of a series, from place 0 to {@code size() - 1}; numbers grow. */
    public int ref(int index) {
        return heldIndex().ref(index);
    }

    /** The place of a series, or a negative number where the block does not have it. */
    public int indexOf(int ref) {
        return heldIndex().indexOf(ref);
    }

    /** The time of the first sample of a series; of a tier, the end of its first interval. */
    public long first(int index) {
        return heldIndex().first(index);
    }

    /** The time of the last sample of a series; of a tier, the end of its last interval. */
    public long last(int index) {
        return heldIndex().last(index);
    }

    /** How many samples, or intervals, a series has. */
    public long samples(int index) {
        return heldIndex().count(index);
    }

    /**
     * Adds the samples of a series from one time to another, both included, to a buffer.
     *
     * @param damage told, for people, of every chunk that cannot be read and is left out, with its time
     */
    public void read(int index, long from, long to, SampleBuffer into, Consumer<String> damage) throws IOException {
        if (meta.resolution() != 0) {
            throw new IllegalArgumentException("The block " + meta.name() + " has intervals, not samples");
        }
        section(index, from, to, new ChunkReader.OfSamples(into), damage);
    }

    /**
     * Adds the intervals of a series whose ends are from one time to another, both included, to a buffer.
     *
     * @param damage as for samples
     */
    public void read(int index, long from, long to, TierBuffer into, Consumer<String> damage) throws IOException {
        if (meta.resolution() == 0) {
            throw new IllegalArgumentException("The block " + meta.name() + " has samples, not intervals");
        }
        section(index, from, to, new ChunkReader.OfIntervals(into), damage);
    }

    private void section(int place, long from, long to, ChunkReader chunks, Consumer<String> damage)
            throws IOException {
        BlockIndex held = index();
        if (held.first(place) > to || held.last(place) < from) {
            return;
        }
        long offset = held.offset(place);
        int length = held.length(place);
        var section = new SectionReader(
                bytes(reader, offset, length), length, offset, times, held.first(place), held.last(place));
        section.read(
                from,
                to,
                chunks,
                lost -> damage.accept("The block " + location + " is damaged " + lost.where() + "; samples of series "
                        + held.ref(place) + " from " + lost.from() + " to " + lost.to() + " were left out"));
    }

    /**
     * The labels of a series, where the block has them.
     *
     * @throws IOException if they cannot be read, or are damaged
     */
    public Optional<Labels> labels(int index) throws IOException {
        BlockIndex held = index();
        if (held.labelGroups() == 0) {
            return Optional.empty();
        }
        int group = index / LabelGroup.MOST;
        DecodedLabels decoded = labels.get();
        if (decoded == null || decoded.group != group) {
            decoded = new DecodedLabels(group, labelGroup(held, group));
            labels = new SoftReference<>(decoded);
        }
        return Optional.of(decoded.labels.get(index % LabelGroup.MOST));
    }

    private List<Labels> labelGroup(BlockIndex held, int group) throws IOException {
        long offset = held.labelOffset(group);
        int length = held.labelLength(group);
        int count = Math.min(LabelGroup.MOST, held.size() - group * LabelGroup.MOST);
        try {
            return LabelGroup.read(bytes(reader, offset, length), length, offset - footer.labelsOffset(), count);
        } catch (CorruptDataException e) {
            throw new DamagedBlockException(location, "labels at " + offset + ": " + e.getMessage());
        }
    }

    /**
     * Looks for damage.
     *
     * @param deep reads everything, rather than header, footer and index
     * @param problem told of each, for people
     */
    public void verify(boolean deep, Consumer<String> problem) throws IOException {
        try {
            long size = reader.size();
            byte[] header = bytes(reader, 0, Footer.HEADER_BYTES);
            Footer.decode(location, header, bytes(reader, size - Footer.BYTES, Footer.BYTES), size);
            index = new SoftReference<>(readIndex());
        } catch (DamagedBlockException e) {
            problem.accept(e.getMessage());
            return;
        }
        if (deep) {
            times.clear();
            for (int i = 0; i < size(); i++) {
                ChunkReader chunks = meta.resolution() == 0
                        ? new ChunkReader.OfSamples(new SampleBuffer())
                        : new ChunkReader.OfIntervals(new TierBuffer());
                section(i, Long.MIN_VALUE, Long.MAX_VALUE, chunks, problem);
            }
            verifyLabels(problem);
        }
    }

    private void verifyLabels(Consumer<String> problem) throws IOException {
        BlockIndex held = index();
        for (int group = 0; group < held.labelGroups(); group++) {
            try {
                labelGroup(held, group);
            } catch (DamagedBlockException e) {
                problem.accept(e.getMessage());
            }
        }
    }

    private BlockIndex heldIndex() {
        try {
            return index();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BlockIndex index() throws IOException {
        BlockIndex held = index.get();
        if (held == null) {
            held = readIndex();
            index = new SoftReference<>(held);
        }
        return held;
    }

    /** To decode it is left to who needs it first, since a start opens very many. */
    private void checkIndex() throws IOException {
        int length = (int) footer.indexLength();
        try {
            BlockIndex.check(bytes(reader, footer.indexOffset(), length), length, footer);
        } catch (CorruptDataException e) {
            throw new DamagedBlockException(location, "its index: " + e.getMessage());
        }
    }

    private BlockIndex readIndex() throws IOException {
        int length = (int) footer.indexLength();
        try {
            return BlockIndex.decode(bytes(reader, footer.indexOffset(), length), length, footer);
        } catch (CorruptDataException e) {
            throw new DamagedBlockException(location, "its index: " + e.getMessage());
        }
    }

    /** Keeps the file open for one more user, who calls {@link #release}; false when it is closed already. */
    public boolean retain() {
        for (int now = users.get(); now > 0; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of what {@link #retain} kept. */
    public void release() {
        if (users.decrementAndGet() == 0) {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The block " + location + " cannot be closed", e);
            }
        }
    }

    /** Lets go of what {@link #open} gave; the file closes when nobody else uses it. */
    @Override
    public void close() {
        release();
    }
}
