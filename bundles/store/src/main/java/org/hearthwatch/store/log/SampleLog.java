package org.hearthwatch.store.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskFile;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log: files of records, of which only the newest is written to. A file begins anew when it is large or
 * old enough, at every start, and after a failure: a file that failed once is never touched again.
 *
 * <p>Not thread-safe but for {@link #bytes()} and {@link #segmentCount()}.
 */
public final class SampleLog implements Closeable {

    static final int SAMPLES = 1;

    /** Was written by an early version and means nothing any more. */
    static final int OLD_FLOOR = 2;

    static final int HISTOGRAMS = 3;

    /** Samples of files before are written again in this one. */
    static final int REWRITTEN = 4;

    /** Flag of a record before which all values are forgotten: reading can begin here. */
    static final int RESTART = 1;

    /** The weight of histograms of one record, so that none gets longer than a few megabytes. */
    private static final int MOST_WEIGHT = 1 << 17;

    private static final long RESTART_BYTES = 256L << 10;
    private static final long RESTART_BYTES_PER_SAMPLE = 32;

    private final Disk disk;
    private final long segmentBytes;
    private final long segmentMillis;
    private final SampleCodec codec = new SampleCodec();
    private final List<Segment> closed = new ArrayList<>();

    private final LogParts parts = new LogParts();

    private @Nullable Active active;
    private @Nullable Rewritten began;
    private @Nullable Rewritten unwritten;
    private LogHolder holder = LogHolder.NONE;
    private long nextSequence = 1;
    private volatile long bytes;
    private volatile int segmentCount;

    /**
     * A log in the folder {@code wal}.
     *
     * @param segmentBytes at how many bytes a new file begins
     * @param segmentMillis after which time a new file begins
     */
    public SampleLog(Disk disk, long segmentBytes, long segmentMillis) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        this.segmentMillis = segmentMillis;
    }

    /**
     * Reads what is there and not in blocks. What is damaged is left out, kept in quarantine and reported. Files that
     * are begun from now on have greater numbers than the floor's and all that are there.
     *
     * @param floor what is in blocks, and is passed over
     * @throws IOException if the directory cannot be read, or a file is foreign or of a newer version
     */
    public List<Damage> replay(LogFloor floor, Replay into) throws IOException {
        return replay(floor, List.of(), into);
    }

    /**
     * Reads what is there, not in blocks, and not in files that are known.
     *
     * @param known files of which all samples have been restored; one that is not as it was is read all the same
     */
    public List<Damage> replay(LogFloor floor, List<LogFile> known, Replay into) throws IOException {
        disk.makeFolder(Segment.FOLDER);
        var segments = new ArrayList<Segment>();
        for (String file : disk.list(Segment.FOLDER)) {
            long sequence = Segment.sequenceOf(file);
            if (sequence > 0) {
                segments.add(new Segment(sequence));
            }
        }
        segments.sort(Comparator.comparingLong(Segment::sequence));
        var damages = new ArrayList<Damage>();
        var reader = new SegmentReader(disk, codec, floor, into, damages);
        startAt(floor.segment());
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            nextSequence = Math.max(nextSequence, segment.sequence() + 1);
            Optional<LogFile> same = sameOf(known, segment);
            if (same.isPresent()) {
                closed.add(same.get().segment());
                continue;
            }
            if (reader.read(segment, i == segments.size() - 1)) {
                closed.add(segment);
                // A killed process may have left it to the system to write; what is read counts as durable from now on.
                disk.force(segment.name());
            } else if (reader.damaged()) {
                holder.dropping(segment.sequence());
            }
            reader.rewritten()
                    .ifPresent(place -> closed.forEach(file -> {
                        if (file.sequence() < segment.sequence()) {
                            place.limit(file);
                        }
                    }));
            into.segmentRead();
        }
        disk.forceDirectory(Segment.FOLDER);
        reader.end();
        count();
        return damages;
    }

    private Optional<LogFile> sameOf(List<LogFile> known, Segment segment) throws IOException {
        for (LogFile file : known) {
            if (file.sequence() == segment.sequence() && file.bytes() == disk.size(segment.name())) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The files that are not written to any more. */
    public List<LogFile> closedFiles() {
        return closed.stream().map(Segment::file).toList();
    }

    /**
     * Writes samples and makes them durable.
     *
     * @param now in milliseconds since the epoch
     * @throws IOException if they may not be on disk; call {@link #abandon()} before trying again
     */
    public void append(Pending samples, long now) throws IOException {
        var began = new Rewritten(
                active == null ? nextSequence : active.segment.sequence(), active == null ? 0 : active.writer.size());
        this.began = began;
        for (int from = 0; from < samples.size(); ) {
            int to = endOfRecord(samples, from);
            Active file = activeAt(now);
            file.samples(samples, from, to);
            from = to;
            if (from == samples.size()) {
                if (unwritten != null) {
                    file.rewritten(unwritten);
                }
                file.flush();
            } else if (file.writer.size() >= segmentBytes) {
                file.flush();
            }
        }
        this.began = null;
        unwritten = null;
        if (active != null) {
            active.segment.durable(active.writer.size());
        }
        for (Segment file : closed) {
            if (file.sequence() >= began.segment()) {
                file.durable(file.bytes());
            }
        }
        count();
    }

    /** The next samples of one kind, as many as one record takes. */
    private static int endOfRecord(Pending samples, int from) {
        boolean histograms = samples.histogramAt(from) != null;
        int most = Math.min(samples.size(), from + SampleCodec.MOST);
        int weight = 0;
        int to = from;
        while (to < most && weight < MOST_WEIGHT) {
            var histogram = samples.histogramAt(to);
            if ((histogram != null) != histograms) {
                break;
            }
            weight += histogram == null ? 0 : Pending.weightOf(histogram);
            to++;
        }
        return to;
    }

    static boolean holdsSamples(int type) {
        return type == SAMPLES || type == HISTOGRAMS;
    }

    /**
     * Ends the file that is being written; the next append begins another. For a cut: what memory holds after this,
     * of before a time, is all that stands before the number returned.
     *
     * @return the number from which on files are begun
     */
    public long rotate() throws IOException {
        if (active != null) {
            Active last = active;
            active = null;
            closed.add(last.segment);
            count();
            last.file.close();
        }
        return nextSequence;
    }

    /**
     * Leaves the file that is being written as it is, for ever, or removes it if nothing in it was ever durable; the next
     * append begins a new one.
     */
    public void abandon() {
        if (active != null) {
            if (!active.abandon()) {
                closed.add(active.segment);
            }
            active = null;
        }
        Rewritten failed = began;
        if (failed != null) {
            unwritten = unwritten == null ? failed : unwritten.or(failed);
            closed.forEach(failed::limit);
            began = null;
        }
        count();
    }

    /**
     * Removes the files of which all samples are in blocks, unless somebody who follows the log needs them and they are
     * not too many.
     *
     * @return how many
     */
    public int drop(LogFloor floor) throws IOException {
        List<Segment> done = closed.stream()
                .filter(segment -> segment.sequence() < floor.segment()
                        && (segment.span().isEmpty() || segment.span().to() < floor.time()))
                .toList();
        if (done.isEmpty()) {
            return 0;
        }
        long needed = holder.needed();
        long held = 0;
        for (Segment segment : done) {
            held += segment.sequence() < needed ? 0 : segment.bytes();
        }
        int dropped = 0;
        for (Segment segment : done) {
            if (segment.sequence() >= needed) {
                if (held <= holder.mostBytes()) {
                    break;
                }
                holder.dropping(segment.sequence());
                held -= segment.bytes();
            }
            disk.delete(segment.name());
            closed.remove(segment);
            dropped++;
        }
        if (dropped > 0) {
            disk.forceDirectory(Segment.FOLDER);
            count();
        }
        return dropped;
    }

    /** Files that are begun from now on have at least this number. */
    public void startAt(long least) {
        nextSequence = Math.max(nextSequence, least);
    }

    /** Asks somebody from now on before files are removed. */
    public void heldBy(LogHolder followers) {
        holder = followers;
    }

    /** The number of the oldest file there is, or of the next. */
    public long oldestSegment() {
        if (!closed.isEmpty()) {
            return closed.get(0).sequence();
        }
        return active == null ? nextSequence : active.segment.sequence();
    }

    /** What of it is durable. */
    public LogParts parts() {
        return parts;
    }

    /** What all files take. */
    public long bytes() {
        return bytes;
    }

    public int segmentCount() {
        return segmentCount;
    }

    @Override
    public void close() throws IOException {
        parts.close();
        if (active != null) {
            Active last = active;
            active = null;
            last.file.close();
        }
    }

    private Active activeAt(long now) throws IOException {
        if (active != null && (active.writer.size() >= segmentBytes || now - active.madeAt >= segmentMillis)) {
            rotate();
        }
        if (active == null) {
            var segment = new Segment(nextSequence++);
            codec.clear();
            active = new Active(segment, disk.create(segment.name()), now);
            disk.forceDirectory(Segment.FOLDER);
        }
        return active;
    }

    private void count() {
        long sum = 0;
        for (Segment segment : closed) {
            sum += segment.bytes();
        }
        bytes = sum + (active == null ? 0 : active.segment.bytes());
        segmentCount = closed.size() + (active == null ? 0 : 1);
        if (began != null) {
            // A file that was ended while an append goes on shows only when all of that is durable.
            return;
        }
        var now = new ArrayList<LogParts.Part>(segmentCount);
        closed.forEach(file -> now.add(file.part(true)));
        if (active != null) {
            now.add(active.segment.part(false));
        }
        parts.publish(now, nextSequence);
    }

    /** The file that is being written. */
    private final class Active {

        private final Segment segment;
        private final DiskFile file;
        private final FrameWriter writer;
        private final long madeAt;
        private long restartAt;
        private boolean durable;

        Active(Segment segment, DiskFile file, long now) {
            this.segment = segment;
            this.file = file;
            this.madeAt = now;
            this.writer = FrameWriter.begin(FileKind.LOG, segment.sequence(), now);
        }

        void samples(Pending samples, int from, int to) throws IOException {
            boolean restart = writer.size() >= restartAt;
            if (restart) {
                codec.reset();
                restartAt = writer.size() + RESTART_BYTES + RESTART_BYTES_PER_SAMPLE * samples.size();
            }
            int flags = restart ? RESTART : 0;
            if (samples.histogramAt(from) == null) {
                codec.encode(samples, from, to, writer.record(SAMPLES, flags));
            } else {
                codec.encodeHistograms(samples, from, to, writer.record(HISTOGRAMS, flags));
            }
            writer.end();
            for (int i = from; i < to; i++) {
                segment.span().include(samples.time(i));
            }
            write();
        }

        void rewritten(Rewritten place) {
            if (place.segment() < segment.sequence()) {
                writer.record(REWRITTEN, 0).putUnsigned(place.segment());
                writer.bytes().putUnsigned(place.offset());
                writer.end();
            }
        }

        void flush() throws IOException {
            write();
            file.force();
            durable = true;
        }

        private void write() throws IOException {
            file.write(writer.bytes().asBuffer());
            writer.written();
            segment.bytes(writer.size());
        }

        /** Returns whether the file is gone. A disk that is full would else fill with files of which nothing is needed. */
        boolean abandon() {
            try {
                file.close();
                if (!durable) {
                    disk.delete(segment.name());
                    return true;
                }
                // More than was written in whole, perhaps; a checkpoint says how long it stays.
                segment.bytes(disk.size(segment.name()));
                return false;
            } catch (IOException e) {
                // The failure before was reported; what the file holds is written again elsewhere.
                segment.bytes(writer.size());
                return false;
            }
        }
    }
}
