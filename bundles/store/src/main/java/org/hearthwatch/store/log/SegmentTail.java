package org.hearthwatch.store.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskReader;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameTail;

/**
 * Reads the samples of one file of the log, which may still grow. Where a record is damaged, those behind it are of no
 * use until one starts anew. For one thread.
 */
public final class SegmentTail implements Closeable {

    private final String location;
    private final DiskReader file;
    private final FrameTail frames;
    private final SampleCodec codec = new SampleCodec();
    private final Pending samples = new Pending();
    private boolean readable;
    private long recordAt;
    private Optional<String> damage = Optional.empty();

    /** Opens a file at its beginning. */
    public SegmentTail(Disk disk, long sequence) throws IOException {
        String name = Segment.nameOf(sequence);
        this.location = disk.location() + '/' + name;
        this.file = disk.open(name);
        this.frames = new FrameTail(file, sequence);
    }

    /** Where the record of {@link #samples()} begins. */
    public long recordAt() {
        return recordAt;
    }

    /** Where the next record begins. */
    public long position() {
        return frames.position();
    }

    /** What was read last. */
    public Pending samples() {
        return samples;
    }

    /** What could not be read since this was last asked, for people. */
    public Optional<String> damage() {
        Optional<String> told = damage;
        damage = Optional.empty();
        return told;
    }

    /**
     * Reads the next record.
     *
     * @param end up to where the file is durable
     * @return whether there was one; {@link #samples()} may be empty all the same
     */
    public boolean next(long end) throws IOException {
        samples.clear();
        Optional<Frame> next = frames.next(end);
        if (next.isEmpty()) {
            return false;
        }
        recordAt = next.get().offset();
        if (next.get() instanceof Frame.Whole frame && SampleLog.holdsSamples(frame.type())) {
            take(frame);
        } else if (next.get() instanceof Frame.Damaged damaged) {
            lost("%d bytes at %d of %s are damaged", damaged.end() - damaged.offset(), damaged.offset(), location);
        }
        return true;
    }

    private void take(Frame.Whole frame) {
        if ((frame.flags() & SampleLog.RESTART) != 0) {
            codec.reset();
            readable = true;
        }
        if (!readable) {
            return;
        }
        try {
            if (frame.type() == SampleLog.SAMPLES) {
                codec.decode(frame.body(), samples);
            } else {
                codec.decodeHistograms(frame.body(), samples);
            }
        } catch (IllegalStateException e) {
            samples.clear();
            lost(
                    "the record at %d of %s was written wrongly: %s",
                    frame.offset(), location, String.valueOf(e.getMessage()));
        }
    }

    private void lost(String what, Object... of) {
        readable = false;
        damage = Optional.of(String.format(Locale.ROOT, what, of)
                + "; the samples there and up to where the file starts anew are lost to whoever follows the log");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
