package org.hearthwatch.store.chunk;

import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.frame.BodyReader;

/**
 * A compressed run of native histograms of one series in growing time; see {@link ChunkWriter} for the
 * encoding..
 */
public final class HistogramChunk implements Chunk {

    static final int KIND = 2;

    private final byte[] bytes;
    private final int count;
    private final long start;
    private final long end;

    HistogramChunk(byte[] bytes, int count, long start, long end) {
        this.bytes = bytes;
        this.count = count;
        this.start = start;
        this.end = end;
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
    public long end() {
        return end;
    }

    @Override
    public byte[] encoded() {
        return bytes;
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void decode(long from, long to, SampleBuffer into) {
        var body = BodyReader.of(bytes, 0, bytes.length);
        long time = start;
        NativeHistogram histogram = null;
        for (int i = 0; i < count; i++) {
            time += body.takeSigned();
            if (time > to) {
                return;
            }
            histogram = HistogramCodec.decode(histogram, body);
            if (time >= from) {
                into.add(time, histogram);
            }
        }
    }
}
