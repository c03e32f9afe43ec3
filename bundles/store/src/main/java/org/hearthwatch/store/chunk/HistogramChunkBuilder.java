package org.hearthwatch.store.chunk;

import java.util.Arrays;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.store.frame.Bytes;

/**
 * Compresses native histograms of one series as they come: for each the signed distance from the time before (from the
 * start at first), then the histogram as {@link HistogramCodec} writes it behind the one before.
 *
 * <p>Not thread-safe; a {@link #view()} handed to another thread stays valid while this one goes on adding.
 */
public final class HistogramChunkBuilder implements ChunkBuilder {

    private static final int OVERHEAD = 64;
    private static final int HISTOGRAM_OVERHEAD = 200;

    private final long start;
    private byte[] bytes = {};
    private int size;
    private int count;
    private long lastTime;
    private NativeHistogram last;

    /** Begins with a sample. */
    public HistogramChunkBuilder(long time, NativeHistogram histogram, Bytes scratch) {
        start = time;
        lastTime = time;
        last = histogram;
        scratch.clear();
        scratch.putSigned(0);
        HistogramCodec.encode(null, histogram, scratch);
        take(scratch);
    }

    /**
     * Adds a sample whose time is greater than {@link #lastTime()}.
     *
     * @param scratch holds nothing between two calls
     */
    public void add(long time, NativeHistogram histogram, Bytes scratch) {
        scratch.clear();
        scratch.putSigned(time - lastTime);
        HistogramCodec.encode(last, histogram, scratch);
        lastTime = time;
        last = histogram;
        take(scratch);
    }

    private void take(Bytes scratch) {
        int all = size + scratch.size();
        if (all > bytes.length) {
            bytes = Arrays.copyOf(bytes, all + (size >> 2));
        }
        scratch.asBuffer().get(bytes, size, scratch.size());
        size = all;
        count++;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long lastTime() {
        return lastTime;
    }

    /** The newest histogram. */
    public NativeHistogram last() {
        return last;
    }

    @Override
    public int heapBytes() {
        int counts = last.positive().size() + last.negative().size() + last.customBounds().length;
        return OVERHEAD + HISTOGRAM_OVERHEAD + Double.BYTES * counts + bytes.length;
    }

    @Override
    public Chunk view() {
        return new HistogramChunk(bytes, count, start, lastTime);
    }

    @Override
    public Chunk seal() {
        return new HistogramChunk(Arrays.copyOf(bytes, size), count, start, lastTime);
    }
}
