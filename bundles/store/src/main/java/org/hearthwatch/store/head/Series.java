package org.hearthwatch.store.head;

import java.util.Arrays;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.Chunk;
import org.hearthwatch.store.chunk.ChunkBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One series and its samples: chunks in growing time that do not overlap, and behind them the one still being filled. A
 * sample that comes late is put into the chunk its time falls in, which is compressed anew.
 *
 * <p>Thread-safe: one writer and any number of readers at a time; a reader holds the lock only while it takes
 * references, never while it decodes.
 */
public final class Series {

    private static final Chunk[] NONE = {};

    private final int ref;
    private final Labels labels;
    private final int chunkSamples;

    private Chunk[] closed = NONE;
    private @Nullable ChunkBuilder open;
    private int closedBytes;
    // Read without a lock by those who count; whoever they see wrote it whole.
    private short source;

    // Of the log's encoder and decoder alone, which run on one thread.
    private int logEpoch;
    private long logBits;

    /**
     * A series without samples.
     *
     * @param ref its number in catalogue and log
     * @param chunkSamples at how many samples a chunk is closed
     */
    public Series(int ref, Labels labels, int chunkSamples) {
        this.ref = ref;
        this.labels = labels;
        this.chunkSamples = chunkSamples;
    }

    public int ref() {
        return ref;
    }

    public Labels labels() {
        return labels;
    }

    /** The number of who sends it, in {@link org.hearthwatch.store.cardinality.Sources}; 0 while that is unknown. */
    public short source() {
        return source;
    }

    /** Remembers who sends it; for the writer. */
    public void source(short number) {
        source = number;
    }

    /**
     * Adds a sample.
     *
     * @param notBefore a sample older than this is only accepted if it is there already
     */
    public synchronized Outcome append(long time, long bits, long notBefore) {
        var builder = open;
        if (builder == null) {
            if (time < notBefore) {
                return Outcome.TOO_OLD;
            }
            open = new ChunkBuilder(time, bits);
            return Outcome.STORED;
        }
        if (time > builder.lastTime()) {
            if (time < notBefore) {
                return Outcome.TOO_OLD;
            }
            if (builder.count() >= chunkSamples) {
                close(builder);
                open = new ChunkBuilder(time, bits);
            } else {
                builder.add(time, bits);
            }
            return Outcome.STORED;
        }
        if (time == builder.lastTime()) {
            return builder.lastBits() == bits ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        return insert(builder, time, bits, notBefore);
    }

    private Outcome insert(ChunkBuilder builder, long time, long bits, long notBefore) {
        int target = closed.length - 1;
        boolean inOpen = target < 0 || time >= builder.start();
        while (!inOpen && target > 0 && closed[target].start() > time) {
            target--;
        }
        var samples = new SampleBuffer();
        (inOpen ? builder.view() : closed[target]).decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
        int place = Arrays.binarySearch(samples.timestamps(), 0, samples.size(), time);
        if (place >= 0) {
            boolean same = Double.doubleToRawLongBits(samples.value(place)) == bits;
            return same ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        if (time < notBefore) {
            return Outcome.TOO_OLD;
        }
        int after = -place - 1;
        if (inOpen) {
            insertIntoOpen(samples, after, time, bits);
        } else {
            replaceClosed(target, samples, after, time, bits);
        }
        return Outcome.STORED;
    }

    private void insertIntoOpen(SampleBuffer samples, int after, long time, long bits) {
        int size = samples.size() + 1;
        int firstHalf = size > chunkSamples ? size / 2 : 0;
        if (firstHalf > 0) {
            close(build(samples, after, time, bits, 0, firstHalf));
        }
        open = build(samples, after, time, bits, firstHalf, size);
    }

    private void replaceClosed(int target, SampleBuffer samples, int after, long time, long bits) {
        int size = samples.size() + 1;
        int parts = size > 2 * chunkSamples ? 2 : 1;
        var chunks = new Chunk[closed.length + parts - 1];
        System.arraycopy(closed, 0, chunks, 0, target);
        System.arraycopy(closed, target + 1, chunks, target + parts, closed.length - target - 1);
        int from = 0;
        for (int part = 1; part <= parts; part++) {
            int to = size * part / parts;
            Chunk chunk = build(samples, after, time, bits, from, to).seal();
            chunks[target + part - 1] = chunk;
            closedBytes += chunk.heapBytes();
            from = to;
        }
        closedBytes -= closed[target].heapBytes();
        closed = chunks;
    }

    /** Compresses a range of the samples as they stand with one more put in at a place. */
    private static ChunkBuilder build(SampleBuffer samples, int after, long time, long bits, int from, int to) {
        ChunkBuilder into = null;
        for (int i = from; i < to; i++) {
            int old = i > after ? i - 1 : i;
            long t = i == after ? time : samples.timestamp(old);
            long v = i == after ? bits : Double.doubleToRawLongBits(samples.value(old));
            if (into == null) {
                into = new ChunkBuilder(t, v);
            } else {
                into.add(t, v);
            }
        }
        if (into == null) {
            throw new IllegalArgumentException("A chunk needs a sample");
        }
        return into;
    }

    private void close(ChunkBuilder builder) {
        Chunk chunk = builder.seal();
        var chunks = Arrays.copyOf(closed, closed.length + 1);
        chunks[closed.length] = chunk;
        closed = chunks;
        closedBytes += chunk.heapBytes();
    }

    /**
     * Forgets chunks that end before a time.
     *
     * @param within also the older samples of the chunks that reach beyond it
     * @return how many samples went
     */
    public synchronized long dropBefore(long floor, boolean within) {
        long before = sampleCount();
        int whole = 0;
        while (whole < closed.length && closed[whole].end() < floor) {
            closedBytes -= closed[whole].heapBytes();
            whole++;
        }
        if (whole > 0) {
            closed = Arrays.copyOfRange(closed, whole, closed.length);
        }
        if (open != null && open.lastTime() < floor) {
            open = null;
        }
        if (within && closed.length > 0 && closed[0].start() < floor) {
            Chunk kept = since(floor, closed[0]).seal();
            closedBytes += kept.heapBytes() - closed[0].heapBytes();
            closed = closed.clone();
            closed[0] = kept;
        }
        if (within && open != null && open.start() < floor) {
            open = since(floor, open.view());
        }
        return before - sampleCount();
    }

    private static ChunkBuilder since(long floor, Chunk chunk) {
        var samples = new SampleBuffer();
        chunk.decode(floor, Long.MAX_VALUE, samples);
        return build(samples, samples.size(), 0, 0, 0, samples.size());
    }

    /** Whether there is a sample from one time to another, both included. */
    public boolean hasSamples(long from, long to) {
        SampleBuffer samples = null;
        for (Chunk chunk : chunks()) {
            if (chunk.start() > to) {
                return false;
            }
            if (chunk.end() < from) {
                continue;
            }
            if (chunk.start() >= from || chunk.end() <= to) {
                return true;
            }
            samples = samples == null ? new SampleBuffer() : samples;
            chunk.decode(from, to, samples);
            if (samples.size() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds the samples from one time to another, both included, to a buffer. */
    public void read(long from, long to, SampleBuffer into) {
        for (Chunk chunk : chunks()) {
            if (chunk.start() > to) {
                return;
            }
            if (chunk.end() >= from) {
                chunk.decode(from, to, into);
            }
        }
    }

    /** The newest sample that is not newer than a time, or nothing. */
    public @Nullable Sample newest(long notAfter) {
        synchronized (this) {
            var builder = open;
            if (builder == null) {
                return null;
            }
            if (builder.lastTime() <= notAfter) {
                return new Sample(labels, builder.lastTime(), Double.longBitsToDouble(builder.lastBits()));
            }
        }
        Chunk[] chunks = chunks();
        for (int i = chunks.length - 1; i >= 0; i--) {
            if (chunks[i].start() <= notAfter) {
                var samples = new SampleBuffer();
                chunks[i].decode(Long.MIN_VALUE, notAfter, samples);
                int last = samples.size() - 1;
                return new Sample(labels, samples.timestamp(last), samples.value(last));
            }
        }
        return null;
    }

    /** The time of the oldest sample, or {@link Long#MAX_VALUE}. */
    public synchronized long oldest() {
        if (closed.length > 0) {
            return closed[0].start();
        }
        return open == null ? Long.MAX_VALUE : open.start();
    }

    /** All chunks there are now, oldest first. */
    public synchronized Chunk[] chunks() {
        var builder = open;
        if (builder == null) {
            return closed;
        }
        var all = Arrays.copyOf(closed, closed.length + 1);
        all[closed.length] = builder.view();
        return all;
    }

    /** Whether it has no samples; for the writer. */
    boolean isEmpty() {
        return open == null && closed.length == 0;
    }

    /** An estimate of the heap its samples take; for the writer. */
    int heapBytes() {
        return closedBytes + (open == null ? 0 : open.heapBytes());
    }

    private long sampleCount() {
        long count = open == null ? 0 : open.count();
        for (Chunk chunk : closed) {
            count += chunk.count();
        }
        return count;
    }

    /** What the log last wrote for this series under the given epoch; zero when that was under another one. */
    public long logBits(int epoch) {
        return logEpoch == epoch ? logBits : 0;
    }

    /** Remembers what the log wrote. */
    public void logBits(int epoch, long bits) {
        logEpoch = epoch;
        logBits = bits;
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
