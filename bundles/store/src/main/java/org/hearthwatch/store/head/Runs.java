package org.hearthwatch.store.head;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.ChunkBuilder;
import org.hearthwatch.store.chunk.HistogramChunkBuilder;
import org.hearthwatch.store.chunk.ValueChunkBuilder;
import org.hearthwatch.store.frame.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Compresses samples that are there already anew: into one chunk for each run of one kind, and two or more where a run
 * is too long.
 */
final class Runs {

    private final int limit;
    private final Bytes scratch;
    private final List<ChunkBuilder> done = new ArrayList<>(2);
    private @Nullable ChunkBuilder current;

    private Runs(int limit, Bytes scratch) {
        this.limit = limit;
        this.scratch = scratch;
    }

    /** As many chunks as the samples need, of which none has more than the most. */
    static List<ChunkBuilder> of(SampleBuffer samples, int most, Bytes scratch) {
        var runs = new Runs(most, scratch);
        for (int i = 0; i < samples.size(); i++) {
            runs.add(samples, i);
        }
        return runs.end();
    }

    /** With one sample put in at a place, behind the last where the place is the size; too many are halved. */
    static List<ChunkBuilder> with(
            SampleBuffer samples,
            int place,
            long time,
            long bits,
            @Nullable NativeHistogram histogram,
            int most,
            Bytes scratch) {
        int size = samples.size() + 1;
        var runs = new Runs(size > most ? (size + 1) / 2 : most, scratch);
        for (int i = 0; i < samples.size(); i++) {
            if (i == place) {
                runs.add(time, bits, histogram);
            }
            runs.add(samples, i);
        }
        if (place == samples.size()) {
            runs.add(time, bits, histogram);
        }
        return runs.end();
    }

    private void add(SampleBuffer samples, int index) {
        add(
                samples.timestamp(index),
                Double.doubleToRawLongBits(samples.value(index)),
                samples.hasHistograms() ? samples.histogram(index).orElse(null) : null);
    }

    private void add(long time, long bits, @Nullable NativeHistogram histogram) {
        var into = current;
        if (into != null && into.count() < limit) {
            if (histogram == null && into instanceof ValueChunkBuilder values) {
                values.add(time, bits);
                return;
            }
            if (histogram != null && into instanceof HistogramChunkBuilder histograms) {
                histograms.add(time, histogram, scratch);
                return;
            }
        }
        if (into != null) {
            done.add(into);
        }
        current = histogram == null
                ? new ValueChunkBuilder(time, bits)
                : new HistogramChunkBuilder(time, histogram, scratch);
    }

    private List<ChunkBuilder> end() {
        if (current != null) {
            done.add(current);
            current = null;
        }
        return done;
    }
}
