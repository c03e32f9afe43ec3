package org.hearthwatch.store.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail.Cursor;
import org.hearthwatch.api.store.SampleTail.Lag;
import org.hearthwatch.api.store.SampleTail.Position;
import org.hearthwatch.api.store.SampleTail.Slice;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.frame.FrameReader;
import org.hearthwatch.store.log.LogParts;
import org.hearthwatch.store.log.LogParts.Part;
import org.hearthwatch.store.log.Pending;
import org.hearthwatch.store.log.SegmentTail;
import org.jspecify.annotations.Nullable;

/** Goes through the log, file by file, from where a follower was. For one thread, but for {@link #lag()}. */
final class LogCursor implements Cursor {

    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);

    private static final int HEADER = FrameReader.HEADER_BYTES;

    /** A slice may also end here, so that none takes much more memory than its samples. */
    private static final int MOST_IN_SLICE = 100_000;

    private final Disk disk;
    private final String name;
    private final Follower follower;
    private final LogParts log;
    private final LogNames names;
    private final InstantSource clock;
    private final ArrayDeque<Handed> handed = new ArrayDeque<>();
    private final Map<String, MetricMetadata> told = new HashMap<>();

    private @Nullable SegmentTail file;
    private Position at;
    private int sample;
    private long newest;
    private boolean lost;
    private Optional<String> trouble = Optional.empty();
    private boolean closed;
    private volatile Position reached;
    private volatile long oldestDue = Long.MAX_VALUE;

    /** A slice that may not be acknowledged yet. */
    private record Handed(Position end, long oldest, long newest) {}

    LogCursor(Disk disk, String name, Follower follower, LogParts log, LogNames names, InstantSource clock) {
        this.disk = disk;
        this.name = name;
        this.follower = follower;
        this.log = log;
        this.names = names;
        this.clock = clock;
        Place place = follower.place();
        this.at = place.done();
        this.reached = at;
        this.newest = place.time();
    }

    @Override
    public Optional<Slice> poll(int most, Duration wait) throws IOException, InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            if (closed || log.isClosed()) {
                throw new IOException("The log is closed, so that there is nothing to follow");
            }
            if (trouble.isPresent()) {
                String what = trouble.get();
                trouble = Optional.empty();
                throw new IOException(what);
            }
            List<Part> parts = log.all();
            Optional<Slice> slice = gather(parts, Math.max(1, Math.min(most, MOST_IN_SLICE)));
            long rest = end - System.nanoTime();
            if (slice.isPresent() || (trouble.isEmpty() && rest <= 0)) {
                return slice;
            }
            if (trouble.isEmpty()) {
                log.await(parts, rest);
            }
        }
    }

    private Optional<Slice> gather(List<Part> parts, int most) throws IOException {
        var batch = SampleBatch.from(name);
        var families = new ArrayList<MetricMetadata>();
        long lostBefore = 0;
        long oldest = Long.MAX_VALUE;
        while (batch.size() < most && (hasSample() || (trouble.isEmpty() && advance(parts)))) {
            if (!hasSample()) {
                continue;
            }
            Pending samples = samples();
            long time = samples.time(sample);
            if (lost) {
                if (batch.size() > 0) {
                    break;
                }
                lostBefore = Math.max(1, time - newest);
                lost = false;
            }
            if (add(batch, samples, families)) {
                oldest = Math.min(oldest, time);
                newest = Math.max(newest, time);
            }
            sample++;
        }
        if (batch.size() == 0) {
            return Optional.empty();
        }
        Position end = position();
        reached = end;
        handed.add(new Handed(end, oldest, newest));
        oldestDue = handed.stream().mapToLong(Handed::oldest).min().orElse(Long.MAX_VALUE);
        return Optional.of(new Slice(batch.build(), families, lostBefore, end));
    }

    private boolean add(SampleBatch.Builder batch, Pending samples, List<MetricMetadata> families) {
        Optional<Labels> labels = names.labels(samples.ref(sample));
        if (labels.isEmpty()) {
            trouble = Optional.of("The log in " + disk.location() + " has samples of series " + samples.ref(sample)
                    + ", which the catalogue does not know; they are lost to whoever follows it");
            return false;
        }
        String metric = labels.get().metricName();
        names.family(metric).ifPresent(family -> {
            if (!family.equals(told.put(metric, family))) {
                families.add(family);
            }
        });
        var histogram = samples.histogram(sample);
        if (histogram.isPresent()) {
            batch.add(labels.get(), samples.time(sample), histogram.get());
        } else {
            batch.add(labels.get(), samples.time(sample), Double.longBitsToDouble(samples.bits(sample)));
        }
        return true;
    }

    private boolean hasSample() {
        return file != null && sample < file.samples().size();
    }

    private Pending samples() {
        if (file == null) {
            throw new IllegalStateException("No file is open");
        }
        return file.samples();
    }

    private Position position() {
        if (file == null) {
            return at;
        }
        return hasSample()
                ? new Position(at.segment(), file.recordAt(), sample)
                : new Position(at.segment(), file.position(), 0);
    }

    /** Reads one record more, or goes to the next file. @return whether there was any */
    private boolean advance(List<Part> parts) throws IOException {
        SegmentTail reading = file;
        if (reading == null) {
            return enter(parts);
        }
        Part part = partOf(parts);
        sample = 0;
        if (part != null && reading.next(part.bytes())) {
            trouble = reading.damage();
            return true;
        }
        if (part != null && !part.ended()) {
            return false;
        }
        // Without a part the file went while it was read, and it was ended before.
        reading.close();
        file = null;
        at = new Position(at.segment() + 1, 0, 0);
        return true;
    }

    private @Nullable Part partOf(List<Part> parts) {
        for (Part part : parts) {
            if (part.sequence() == at.segment()) {
                return part;
            }
        }
        return null;
    }

    /** Opens the file that comes next. @return whether there is one */
    private boolean enter(List<Part> parts) throws IOException {
        for (Part part : parts) {
            if (part.sequence() >= at.segment()) {
                lost |= part.sequence() > at.segment()
                        && follower.place().dropped() >= at.segment();
                if (part.sequence() > at.segment()) {
                    at = new Position(part.sequence(), 0, 0);
                }
                try {
                    open(part);
                } catch (NoSuchFileException e) {
                    // It went a moment ago; what is there now says what comes next.
                    lost = true;
                    at = new Position(part.sequence() + 1, 0, 0);
                }
                return true;
            }
        }
        return false;
    }

    /** Values are differences, so what was handed out before is read again to understand what follows. */
    private void open(Part part) throws IOException {
        var opened = new SegmentTail(disk, part.sequence());
        try {
            while (opened.position() < at.offset() && opened.next(part.bytes())) {
                opened.damage();
            }
            sample = 0;
            opened.samples().clear();
            if (at.record() > 0 && opened.next(part.bytes())) {
                sample = at.record();
            }
            file = opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void acknowledge(Slice slice) throws IOException {
        long time = Long.MIN_VALUE;
        while (!handed.isEmpty() && Place.compare(handed.peek().end(), slice.end()) <= 0) {
            time = handed.remove().newest();
        }
        oldestDue = handed.stream().mapToLong(Handed::oldest).min().orElse(Long.MAX_VALUE);
        follower.acknowledge(slice.end(), time);
        follower.saveNowAndThen(clock.millis(), SAVE_INTERVAL.toMillis());
    }

    @Override
    public Lag lag() {
        Place place = follower.place();
        Position done = place.done();
        long bytes = 0;
        long oldest = oldestDue;
        for (Part part : log.all()) {
            if (part.sequence() >= done.segment()) {
                long from = part.sequence() == done.segment() ? Math.max(done.offset(), HEADER) : HEADER;
                bytes += Math.max(0, part.bytes() - from);
            }
            if (part.sequence() > reached.segment() && part.bytes() > HEADER) {
                oldest = Math.min(oldest, part.oldest());
            } else if (part.sequence() == reached.segment() && part.bytes() > Math.max(reached.offset(), HEADER)) {
                oldest = Math.min(oldest, Math.max(part.oldest(), place.time()));
            }
        }
        return new Lag(bytes, bytes == 0 ? Long.MAX_VALUE : oldest);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (file != null) {
                file.close();
            }
            follower.save(clock.millis());
        } finally {
            follower.release();
        }
    }
}
