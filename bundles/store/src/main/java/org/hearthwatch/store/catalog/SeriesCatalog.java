package org.hearthwatch.store.catalog;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskFile;
import org.hearthwatch.store.disk.Quarantine;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameReader;
import org.hearthwatch.store.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * Which number stands for which series, in one file that grows and is now and then written anew. Numbers are never used
 * twice, since the log may still speak of one that is gone here. Not thread-safe, but for {@link #takeRef} and
 * {@link #extent}.
 *
 * <pre>
 * record 1   a series: its number, how many labels, then name and value of each in name order
 * record 2   the smallest number never used when the file was begun
 * </pre>
 */
public final class SeriesCatalog implements Closeable {

    private static final String FOLDER = "catalog";
    private static final String SUFFIX = ".log";
    private static final String UNFINISHED = ".tmp";
    private static final int SERIES = 1;
    private static final int NEXT = 2;

    /** More labels than this no series has, so a record that says so is wrong. */
    private static final int MOST_LABELS = 1 << 16;

    /** So much is written at once, since what is gathered stays in memory. */
    private static final int PIECE_BYTES = 256 << 10;

    private final Disk disk;
    private @Nullable DiskFile file;
    private @Nullable FrameWriter writer;
    private final AtomicInteger nextRef = new AtomicInteger(1);
    private boolean whole;
    private int entries;
    private volatile Extent extent = Extent.NONE;

    /** A catalogue in the folder {@code catalog}. */
    public SeriesCatalog(Disk disk) {
        this.disk = disk;
    }

    /** A series and its number. */
    public record Entry(int ref, Labels labels) {}

    /**
     * Reads what there is. A damaged record is left out, kept in quarantine and reported.
     *
     * @throws IOException if the directory cannot be read, or the file is foreign or of a newer version
     */
    public List<Entry> load(List<Damage> damages) throws IOException {
        disk.makeFolder(FOLDER);
        var found = new ArrayList<Long>();
        for (String name : disk.list(FOLDER)) {
            if (name.endsWith(UNFINISHED)) {
                disk.delete(FOLDER + '/' + name);
            } else {
                sequenceOf(name).ifPresent(found::add);
            }
        }
        var loaded = new ArrayList<Entry>();
        if (!found.isEmpty()) {
            found.sort(null);
            int before = damages.size();
            read(found.get(found.size() - 1), loaded, damages);
            whole = damages.size() == before;
            // A killed process may have left it to the system to write that name.
            disk.forceDirectory(FOLDER);
            // A newer one only gets its name when it is whole, so an older one is a leftover.
            for (long old : found.subList(0, found.size() - 1)) {
                disk.delete(nameOf(old));
            }
        }
        entries = loaded.size();
        return loaded;
    }

    private void read(long sequence, List<Entry> into, List<Damage> damages) throws IOException {
        String name = nameOf(sequence);
        byte[] content = disk.read(name);
        extent = new Extent(sequence, content.length);
        var reader = FrameReader.of(content, disk.location() + '/' + name, FileKind.CATALOGUE, sequence);
        if (!reader.headerRight() && content.length > 0) {
            String copy =
                    new Quarantine(disk).keep(name, content, 0, Math.min(content.length, FrameReader.HEADER_BYTES));
            damages.add(new Damage(
                    "The beginning of " + disk.location() + '/' + name
                            + " is damaged; its records were read all the same; " + copy,
                    false));
        }
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (next.get() instanceof Frame.Damaged damaged) {
                String copy = new Quarantine(disk).keep(name, content, damaged.offset(), damaged.end());
                damages.add(new Damage(
                        (damaged.end() - damaged.offset()) + " bytes at " + damaged.offset() + " of " + disk.location()
                                + '/' + name + " are damaged; the series described there are lost; " + copy,
                        damaged.atEnd() && damaged.torn()));
            } else if (next.get() instanceof Frame.Whole record) {
                try {
                    take(record, into);
                } catch (IllegalStateException e) {
                    damages.add(new Damage(
                            "The record at " + record.offset() + " of " + disk.location() + '/' + name
                                    + " was written wrongly and left out: " + e.getMessage(),
                            false));
                }
            }
        }
    }

    private void take(Frame.Whole record, List<Entry> into) {
        BodyReader body = record.body();
        switch (record.type()) {
            case SERIES -> {
                int ref = body.takeCount(Integer.MAX_VALUE);
                var pairs = new String[2 * body.takeCount(MOST_LABELS)];
                for (int i = 0; i < pairs.length; i++) {
                    pairs[i] = body.takeText();
                }
                used(ref);
                into.add(new Entry(ref, labelsOf(pairs)));
            }
            case NEXT -> used(body.takeCount(Integer.MAX_VALUE) - 1);
            default -> throw new IllegalStateException("it is of the unknown kind " + record.type());
        }
    }

    private static Labels labelsOf(String[] pairs) {
        try {
            return Labels.ofSorted(pairs);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("its labels are not in order", e);
        }
    }

    /** Whether there was a file of which all could be read. */
    public boolean isWhole() {
        return whole;
    }

    /** The file that is written to, and how much of it is durable. */
    public record Extent(long sequence, long bytes) {

        /** That of no file. */
        public static final Extent NONE = new Extent(0, 0);
    }

    /** What is durable now; from any thread. */
    public Extent extent() {
        return extent;
    }

    /** Whether all could be read, and at least as much as was once durable is there, or was written anew since. */
    public boolean holds(Extent once) {
        Extent now = extent;
        return whole
                && once.sequence > 0
                && (now.sequence > once.sequence || (now.sequence == once.sequence && now.bytes >= once.bytes));
    }

    /**
     * Goes on with the file that was read if it is what was known to be durable. What stands behind that may never have
     * reached the disk though it can be read: then {@link #rewrite} is the way on.
     */
    public void goOn(Extent durable) throws IOException {
        Extent now = extent;
        if (whole && file == null && durable.sequence == now.sequence && durable.bytes == now.bytes) {
            file = disk.append(nameOf(durable.sequence));
            writer = FrameWriter.goOn(durable.sequence, durable.bytes);
        }
    }

    /** Says that a number has been used, so that it is not used again. */
    public void used(int ref) {
        if (ref >= nextRef.get()) {
            nextRef.accumulateAndGet(ref + 1, Math::max);
        }
    }

    /** The smallest number never used. */
    public int nextRef() {
        return nextRef.get();
    }

    /** A number not used before. */
    public int takeRef() {
        return nextRef.getAndIncrement();
    }

    /**
     * Adds series and makes them durable.
     *
     * @throws IOException if they may not be on disk; then {@link #rewrite} is the way on
     */
    public void append(Collection<Entry> added) throws IOException {
        if (writer == null || file == null) {
            throw new IOException("The catalogue is not open for writing");
        }
        try {
            write(writer, file, added);
        } catch (IOException e) {
            close();
            throw e;
        }
        entries += added.size();
        extent = new Extent(extent.sequence, writer.size());
    }

    /** Whether {@link #append} can be called: after {@link #goOn} or {@link #rewrite}, until there is a failure. */
    public boolean isWritable() {
        return writer != null;
    }

    /** How many series the file describes, those that are gone among them. */
    public int entries() {
        return entries;
    }

    /** What the file takes. */
    public long bytes() {
        return extent.bytes;
    }

    /** Begins a new file with the given series, in one step in place of the old one. */
    public void rewrite(Collection<Entry> live, long now) throws IOException {
        close();
        long next = extent.sequence + 1;
        String name = nameOf(next);
        disk.delete(name + UNFINISHED);
        DiskFile fresh = disk.create(name + UNFINISHED);
        FrameWriter frames = FrameWriter.begin(FileKind.CATALOGUE, next, now);
        try {
            frames.record(NEXT, 0).putUnsigned(nextRef.get());
            frames.end();
            write(frames, fresh, live);
            disk.rename(name + UNFINISHED, name);
            disk.forceDirectory(FOLDER);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        String old = nameOf(extent.sequence);
        file = fresh;
        writer = frames;
        entries = live.size();
        extent = new Extent(next, frames.size());
        disk.delete(old);
    }

    private static void write(FrameWriter frames, DiskFile to, Collection<Entry> added) throws IOException {
        for (Entry entry : added) {
            Bytes body = frames.record(SERIES, 0);
            body.putUnsigned(entry.ref());
            body.putUnsigned(entry.labels().size());
            entry.labels().forEach((name, value) -> {
                body.putText(name);
                body.putText(value);
            });
            frames.end();
            if (frames.bytes().size() >= PIECE_BYTES) {
                to.write(frames.bytes().asBuffer());
                frames.written();
            }
        }
        to.write(frames.bytes().asBuffer());
        frames.written();
        to.force();
    }

    @Override
    public void close() throws IOException {
        DiskFile open = file;
        file = null;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    private static String nameOf(long sequence) {
        return FOLDER + String.format(Locale.ROOT, "/%06d", sequence) + SUFFIX;
    }

    private static Optional<Long> sequenceOf(String name) {
        if (!name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
