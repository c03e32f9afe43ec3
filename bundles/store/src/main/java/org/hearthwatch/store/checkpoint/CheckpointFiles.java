package org.hearthwatch.store.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.chunk.Chunk;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskFile;
import org.hearthwatch.store.disk.Quarantine;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.ForeignFileException;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameReader;
import org.hearthwatch.store.frame.FrameWriter;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.LogFile;

/**
 * Checkpoints on disk: of which the newest is read, and all of it or nothing counts. What is in one is in the log too,
 * so one that is missing or damaged costs time at the start, and no sample.
 *
 * <pre>
 * record 1   state: smallest number of a series never used, greatest generation of a deletion, the catalogue's number and
 *            length
 * record 2   a file of the log: number, length, durable length, oldest and newest time
 * record 3   series, until the body ends: number, how many chunks, and these
 * record 4   end: how many records there are before
 * </pre>
 *
 * <p>Not thread-safe but for {@link #bytes()}.
 */
public final class CheckpointFiles {

    private static final String FOLDER = "head";
    private static final String SUFFIX = ".mem";
    private static final String UNFINISHED = ".tmp";
    private static final int STATE = 1;
    private static final int FILE = 2;
    private static final int SERIES = 3;

    /** The type of the record at the end of one that is whole. */
    public static final int END = 4;

    private static final int RECORD_BYTES = 256 << 10;

    private final Disk disk;
    private volatile long bytes;

    /** In the folder {@code head}. */
    public CheckpointFiles(Disk disk) {
        this.disk = disk;
    }

    /** Who takes what a checkpoint holds. */
    public interface Restored {

        /** The chunks of a series, in growing time. */
        void series(int ref, Chunk[] chunks);
    }

    /** What all files take. */
    public long bytes() {
        return bytes;
    }

    /** What must be done before a checkpoint counts. */
    public interface Condition {
        void fulfil() throws IOException;
    }

    /**
     * Writes down what series hold, in place of what was written before.
     *
     * @param logged makes durable in the log what was written down of samples that came meanwhile
     * @throws IOException if it may not be on disk; then that before still holds
     */
    public void write(Checkpoint about, Iterable<Series> all, long now, Condition logged) throws IOException {
        disk.makeFolder(FOLDER);
        String name = nameOf(about.segment());
        disk.delete(name + UNFINISHED);
        var frames = FrameWriter.begin(FileKind.CHECKPOINT, about.segment(), now);
        try (DiskFile file = disk.create(name + UNFINISHED)) {
            int records = writeState(about, frames) + writeSeries(all, frames, file);
            frames.record(END, 0).putUnsigned(records);
            frames.end();
            flush(frames, file);
            file.force();
        }
        logged.fulfil();
        disk.rename(name + UNFINISHED, name);
        disk.forceDirectory(FOLDER);
        bytes = frames.size();
        for (String other : disk.list(FOLDER)) {
            if (!name.equals(FOLDER + '/' + other)) {
                disk.delete(FOLDER + '/' + other);
            }
        }
    }

    private static int writeState(Checkpoint about, FrameWriter frames) {
        Bytes state = frames.record(STATE, 0);
        state.putUnsigned(about.nextRef());
        state.putSigned(about.lastDeletion());
        state.putUnsigned(about.catalogue().sequence());
        state.putUnsigned(about.catalogue().bytes());
        frames.end();
        for (LogFile file : about.files()) {
            Bytes body = frames.record(FILE, 0);
            body.putUnsigned(file.sequence());
            body.putUnsigned(file.bytes());
            body.putUnsigned(file.durable());
            body.putSigned(file.from());
            body.putSigned(file.to());
            frames.end();
        }
        return 1 + about.files().size();
    }

    private static int writeSeries(Iterable<Series> all, FrameWriter frames, DiskFile into) throws IOException {
        int records = 0;
        Bytes body = frames.record(SERIES, 0);
        int begun = body.size();
        for (Series series : all) {
            Chunk[] chunks = series.chunks();
            if (chunks.length > 0) {
                body.putUnsigned(series.ref());
                body.putUnsigned(chunks.length);
                for (Chunk chunk : chunks) {
                    chunk.write(body);
                }
                if (body.size() - begun >= RECORD_BYTES) {
                    frames.end();
                    records++;
                    flush(frames, into);
                    body = frames.record(SERIES, 0);
                    begun = body.size();
                }
            }
        }
        frames.end();
        return records + 1;
    }

    private static void flush(FrameWriter frames, DiskFile into) throws IOException {
        into.write(frames.bytes().asBuffer());
        frames.written();
    }

    /**
     * Reads the newest. One that is damaged is kept in quarantine and reported, and as if it were not there.
     *
     * @param into given samples that the log has as well, some also where in the end none count
     * @throws IOException if the directory cannot be read, or a newer version wrote it
     */
    public Checkpoint load(Restored into, List<Damage> damages) throws IOException {
        Optional<String> newest = Optional.empty();
        for (String file : disk.list(FOLDER)) {
            if (sequenceOf(file) < 0) {
                if (file.endsWith(UNFINISHED)) {
                    disk.delete(FOLDER + '/' + file);
                }
            } else {
                if (newest.isPresent()) {
                    disk.delete(FOLDER + '/' + newest.get());
                }
                newest = Optional.of(file);
            }
        }
        return newest.isEmpty() ? Checkpoint.NONE : load(newest.get(), into, damages);
    }

    private Checkpoint load(String file, Restored into, List<Damage> damages) throws IOException {
        String name = FOLDER + '/' + file;
        String wrong;
        try {
            byte[] content = disk.read(name);
            bytes = content.length;
            return read(content, name, sequenceOf(file), into);
        } catch (ForeignFileException e) {
            throw e;
        } catch (IOException | IllegalStateException e) {
            wrong = String.valueOf(e.getMessage());
        }
        bytes = 0;
        damages.add(new Damage(
                "The checkpoint " + disk.location() + '/' + name + " is of no use (" + wrong
                        + "); nothing is lost by that, all of the log was read instead; "
                        + new Quarantine(disk).move(name),
                false));
        return Checkpoint.NONE;
    }

    private Checkpoint read(byte[] content, String name, long sequence, Restored into) throws ForeignFileException {
        var reader = FrameReader.of(content, disk.location() + '/' + name, FileKind.CHECKPOINT, sequence);
        if (!reader.headerRight()) {
            throw new IllegalStateException("its beginning is damaged");
        }
        var about = Checkpoint.NONE;
        var files = new ArrayList<LogFile>();
        int records = 0;
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (!(next.get() instanceof Frame.Whole frame)) {
                throw new IllegalStateException("damaged at " + next.get().offset());
            }
            BodyReader body = frame.body();
            switch (frame.type()) {
                case STATE ->
                    about = new Checkpoint(
                            sequence,
                            body.takeCount(Integer.MAX_VALUE),
                            body.takeSigned(),
                            new SeriesCatalog.Extent(body.takeUnsigned(), body.takeUnsigned()),
                            files);
                case FILE ->
                    files.add(new LogFile(
                            body.takeUnsigned(),
                            body.takeUnsigned(),
                            body.takeUnsigned(),
                            body.takeSigned(),
                            body.takeSigned()));
                case SERIES -> takeSeries(body, into);
                case END -> {
                    if (body.takeUnsigned() == records && reader.next().isEmpty()) {
                        return about.with(files);
                    }
                    throw new IllegalStateException("it does not end where it should");
                }
                default -> throw new IllegalStateException("a record of the unknown kind " + frame.type());
            }
            records++;
        }
        throw new IllegalStateException("its end is missing");
    }

    private static void takeSeries(BodyReader body, Restored into) {
        while (body.hasMore()) {
            int ref = body.takeCount(Integer.MAX_VALUE);
            var chunks = new Chunk[body.takeCount(body.remaining())];
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = Chunk.read(body);
            }
            into.series(ref, chunks);
        }
    }

    private static String nameOf(long segment) {
        return FOLDER + String.format(Locale.ROOT, "/%08d", segment) + SUFFIX;
    }

    private static long sequenceOf(String file) {
        if (!file.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            return Long.parseLong(file.substring(0, file.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
