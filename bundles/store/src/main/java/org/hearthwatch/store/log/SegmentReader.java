package org.hearthwatch.store.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.Quarantine;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.ForeignFileException;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameReader;

/**
 * Reads the files of the log at the start. Behind a damaged place records cannot be understood, since values are written
 * as differences, until one comes that starts anew; what lies between is reported as lost. Not thread-safe.
 */
final class SegmentReader {

    private static final long LARGEST = 64L << 20;

    /** So many samples are handed on at once. */
    private static final int BATCH = 1 << 18;

    private final Disk disk;
    private final SampleCodec codec;
    private final LogFloor floor;
    private final Replay into;
    private final List<Damage> damages;
    private final Quarantine quarantine;
    private final Pending samples = new Pending();
    private final BySeries bySeries = new BySeries();
    private final TimeSpan unknown = new TimeSpan();
    private final List<Doubt> doubts = new ArrayList<>();
    private Optional<Rewritten> rewritten = Optional.empty();
    private boolean damaged;

    /**
     * What is damaged in a file, until it is known whether it stands again in a later one.
     *
     * @param lost the times of what cannot be read
     */
    private record Doubt(Segment segment, List<Frame.Damaged> places, TimeSpan lost) {

        boolean standsAgain(Rewritten from) {
            return segment.sequence() > from.segment()
                    || (segment.sequence() == from.segment()
                            && places.stream().allMatch(place -> place.offset() >= from.offset()));
        }
    }

    SegmentReader(Disk disk, SampleCodec codec, LogFloor floor, Replay into, List<Damage> damages) {
        this.disk = disk;
        this.codec = codec;
        this.floor = floor;
        this.into = into;
        this.damages = damages;
        this.quarantine = new Quarantine(disk);
    }

    /**
     * Reads a file.
     *
     * @param newest whether it is the one that was written when the store stopped
     * @return whether it is still there: one without anything in it is removed
     */
    boolean read(Segment segment, boolean newest) throws IOException {
        if (disk.size(segment.name()) > LARGEST) {
            throw new ForeignFileException("The file " + disk.location() + '/' + segment.name()
                    + " is larger than any log segment. Put it somewhere else and start again.");
        }
        byte[] content = disk.read(segment.name());
        into.segment(segment.sequence());
        codec.clear();
        rewritten = Optional.empty();
        damaged = false;
        var reader = FrameReader.of(content, disk.location() + '/' + segment.name(), FileKind.LOG, segment.sequence());
        var doubt = new Doubt(segment, new ArrayList<>(), new TimeSpan());
        int records = 0;
        boolean readable = false;
        if (!reader.headerRight() && content.length >= FrameReader.HEADER_BYTES) {
            String copy = quarantine.keep(segment.name(), content, 0, FrameReader.HEADER_BYTES);
            report("The beginning of", segment, " is damaged; its records were read all the same; " + copy);
        } else if (!reader.headerRight() && content.length > 0) {
            String copy = quarantine.keep(segment.name(), content, 0, content.length);
            damages.add(new Damage(
                    "Only the first " + content.length + " bytes of " + disk.location() + '/' + segment.name()
                            + " were written, and no samples; " + copy,
                    newest));
        }
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (next.get() instanceof Frame.Whole frame) {
                records++;
                readable |= (frame.flags() & SampleLog.RESTART) != 0;
                if (SampleLog.holdsSamples(frame.type()) && !readable) {
                    SampleCodec.times(frame.body(), doubt.lost);
                } else {
                    readable &= take(segment, frame);
                }
            } else if (next.get() instanceof Frame.Damaged damaged) {
                readable = false;
                boolean torn = newest && damaged.atEnd() && damaged.torn();
                this.damaged |= !torn;
                if (torn) {
                    cut(segment, content, damaged);
                } else {
                    doubt.places.add(damaged);
                    doubt.lost.include(
                            segment.span().isEmpty()
                                    ? reader.madeAt()
                                    : segment.span().to());
                }
            }
        }
        hand();
        if (records == 0) {
            tell(doubt, content);
            if (doubt.places.isEmpty()) {
                disk.delete(segment.name());
            } else {
                quarantine.move(segment.name());
            }
            return disk.exists(segment.name());
        }
        if (!doubt.lost.isEmpty()) {
            doubts.add(doubt);
        }
        segment.bytes(disk.size(segment.name()));
        segment.durable(segment.bytes());
        return true;
    }

    private void report(String before, Segment segment, String after) {
        damages.add(new Damage(before + ' ' + disk.location() + '/' + segment.name() + after, false));
    }

    /** Whether something in the file read last is lost. */
    boolean damaged() {
        return damaged;
    }

    /** What the file read last says of those before it. */
    Optional<Rewritten> rewritten() {
        return rewritten;
    }

    private void tell(Doubt doubt, byte[] content) {
        for (Frame.Damaged damaged : doubt.places) {
            damages.add(new Damage(
                    wordsOf(doubt.segment, damaged) + " are damaged; "
                            + quarantine.keep(doubt.segment.name(), content, damaged.offset(), damaged.end()),
                    false));
        }
        if (!doubt.lost.isEmpty()) {
            report("In", doubt.segment, ", samples from " + doubt.lost + " could not be read; they are lost");
        }
    }

    /** Reports what could not be told before the last file was read. */
    void end() throws IOException {
        for (Doubt doubt : doubts) {
            tell(doubt, disk.read(doubt.segment.name()));
        }
        // A series is forgotten when all its samples are gone; only others should have been known.
        if (!unknown.isEmpty() && unknown.to() >= into.oldest()) {
            damages.add(new Damage(
                    "The log in " + disk.location() + " has samples from " + unknown
                            + " of series that the catalogue does not know; they are lost",
                    false));
        }
    }

    /** Takes a record in. @return whether those behind it can be understood */
    private boolean take(Segment segment, Frame.Whole frame) {
        int before = samples.size();
        try {
            decode(segment, frame);
            return true;
        } catch (IllegalStateException e) {
            samples.removeIf(before, i -> true);
            report(
                    "In",
                    segment,
                    ", the record at " + frame.offset() + " was written wrongly and left out: " + e.getMessage());
            return false;
        }
    }

    private void decode(Segment segment, Frame.Whole frame) {
        int before = samples.size();
        switch (frame.type()) {
            case SampleLog.SAMPLES -> codec.decode(restarted(frame).body(), samples);
            case SampleLog.HISTOGRAMS -> codec.decodeHistograms(restarted(frame).body(), samples);
            case SampleLog.REWRITTEN -> {
                var place =
                        new Rewritten(frame.body().takeUnsigned(), frame.body().takeUnsigned());
                // Where something is missing before it, that may be what it speaks of.
                if (!damaged) {
                    rewritten = Optional.of(place);
                    doubts.removeIf(doubt -> doubt.standsAgain(place));
                }
            }
            case SampleLog.OLD_FLOOR -> {
                // What it said was dropped is dropped again.
            }
            default ->
                damages.add(new Damage(
                        "In " + disk.location() + '/' + segment.name() + ", a record of the unknown kind "
                                + frame.type() + " was left out",
                        false));
        }
        choose(segment, before);
        if (samples.size() >= BATCH) {
            hand();
        }
    }

    private Frame.Whole restarted(Frame.Whole frame) {
        if ((frame.flags() & SampleLog.RESTART) != 0) {
            codec.reset();
        }
        return frame;
    }

    /** Leaves of the samples from one on those that are in no block. */
    private void choose(Segment segment, int from) {
        for (int i = from; i < samples.size(); i++) {
            if (i == from || samples.time(i) != samples.time(i - 1)) {
                segment.span().include(samples.time(i));
            }
        }
        if (segment.sequence() < floor.segment()) {
            samples.removeIf(from, i -> {
                boolean covered = floor.covers(segment.sequence(), samples.time(i));
                if (covered) {
                    into.used(samples.ref(i));
                }
                return covered;
            });
        }
    }

    private void hand() {
        if (!samples.hasHistograms() && bySeries.sort(samples)) {
            bySeries.hand(into, unknown);
        } else {
            for (int i = 0; i < samples.size(); i++) {
                var histogram = samples.histogramAt(i);
                boolean known = histogram == null
                        ? into.sample(samples.ref(i), samples.time(i), samples.bits(i))
                        : into.sample(samples.ref(i), samples.time(i), histogram);
                if (!known) {
                    unknown.include(samples.time(i));
                }
            }
        }
        samples.clear();
    }

    private void cut(Segment segment, byte[] content, Frame.Damaged damaged) throws IOException {
        damages.add(new Damage(
                "The last " + wordsOf(segment, damaged) + " were not completely written and were cut off; "
                        + quarantine.keep(segment.name(), content, damaged.offset(), damaged.end()),
                true));
        disk.truncate(segment.name(), damaged.offset());
    }

    private String wordsOf(Segment segment, Frame.Damaged damaged) {
        return (damaged.end() - damaged.offset()) + " bytes at " + damaged.offset() + " of " + disk.location() + '/'
                + segment.name();
    }
}
