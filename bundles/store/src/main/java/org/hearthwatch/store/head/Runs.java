package org.hearthwatch.store.head;

import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.ChunkWriter;
import org.hearthwatch.store.chunk.Chunks;
import org.jspecify.annotations.Nullable;

/**
 * Compresses samples that are there already anew: into one chunk for each run of one kind, and two or more where a run
 * is too long. They follow each other, and all but the last are closed.
 */
final class Runs {

    private final Chunks chunks;
    private final ChunkWriter writer;
    private final int limit;
    private int first = Chunks.NONE;
    private int last = Chunks.NONE;
    private int heapBytes;

    private Runs(Chunks chunks, ChunkWriter writer, int limit) {
        this.chunks = chunks;
        this.writer = writer;
        this.limit = limit;
    }

    /** As many chunks as the samples need, of which none has more than the most. */
    static Runs of(SampleBuffer samples, int most, Chunks chunks, ChunkWriter writer) {
        var runs = new Runs(chunks, writer, most);
        for (int i = 0; i < samples.size(); i++) {
            runs.add(samples, i);
        }
        return runs;
    }

    /** With one sample put in at a place, behind the last where the place is the size; too many are halved. */
    static Runs with(
            SampleBuffer samples,
            int place,
            long time,
            long bits,
            @Nullable NativeHistogram histogram,
            int most,
            Chunks chunks,
            ChunkWriter writer) {
        int size = samples.size() + 1;
        var runs = new Runs(chunks, writer, size > most ? (size + 1) / 2 : most);
        for (int i = 0; i < samples.size(); i++) {
            if (i == place) {
                runs.add(time, bits, histogram);
            }
            runs.add(samples, i);
        }
        if (place == samples.size()) {
            runs.add(time, bits, histogram);
        }
        return runs;
    }

    private void add(SampleBuffer samples, int index) {
        add(
                samples.timestamp(index),
                Double.doubleToRawLongBits(samples.value(index)),
                samples.hasHistograms() ? samples.histogram(index).orElse(null) : null);
    }

    private void add(long time, long bits, @Nullable NativeHistogram histogram) {
        if (last != Chunks.NONE && chunks.count(last) < limit && chunks.hasNumbers(last) == (histogram == null)) {
            heapBytes += histogram == null ? writer.add(last, time, bits) : writer.add(last, time, histogram);
            return;
        }
        int fresh = histogram == null ? writer.begin(time, bits) : writer.begin(time, histogram);
        heapBytes += chunks.heapBytes(fresh);
        if (last == Chunks.NONE) {
            first = fresh;
        } else {
            heapBytes += chunks.close(last);
            chunks.next(last, fresh);
        }
        last = fresh;
    }

    /** The first chunk, or {@link Chunks#NONE} where there were no samples. */
    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** The heap all of them take. */
    int heapBytes() {
        return heapBytes;
    }
}
