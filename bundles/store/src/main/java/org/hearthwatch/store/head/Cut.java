package org.hearthwatch.store.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What some series have below a time: to be written to blocks, and then to be taken out of memory. Nothing is copied for
 * that: of each series is known up to which time it is cut, and what comes later and is older than that is noted, so that
 * it stays. Appending goes on meanwhile; only one cut does. Closing it without {@link #drop} leaves all as it was.
 *
 * <p>For one thread, but for what series tell.
 */
public final class Cut implements AutoCloseable {

    /** How many series are taken out of memory before that shows in its figures. */
    private static final int SLICE = 256;

    private final Head head;
    private final SeriesRoom room;
    private final List<Series> series;
    private final long[] starts;
    private final long[] ends;
    private final Map<Series, SampleBuffer> late = new HashMap<>();

    /** Begins with those of the candidates that have something below a time. */
    Cut(Head head, SeriesRoom room, List<Series> candidates, long below) {
        this.head = head;
        this.room = room;
        series = new ArrayList<>(candidates.size());
        starts = new long[candidates.size()];
        ends = new long[candidates.size()];
        room.cut(this);
        for (Series one : candidates) {
            long end = one.beginCut(below);
            if (end > Long.MIN_VALUE) {
                // After it began: what comes late and is older still stays anyway.
                starts[series.size()] = one.oldest();
                ends[series.size()] = end;
                series.add(one);
            }
        }
    }

    /** How many series have something. */
    public int size() {
        return series.size();
    }

    public Series series(int index) {
        return series.get(index);
    }

    /** Of a series, the time of the first sample. */
    public long start(int index) {
        return starts[index];
    }

    /** Of a series, the time up to which it is cut. */
    public long end(int index) {
        return ends[index];
    }

    /** Adds what is cut of a series and lies between two times, both included, to a buffer, in growing time. */
    public void read(int index, long from, long to, SampleBuffer into) {
        series.get(index).read(from, Math.min(to, ends[index]), into);
    }

    /** What was read and what is noted may overlap: it is in memory and in a block then, and counts once. */
    synchronized void late(Series one, long time, long bits, @Nullable NativeHistogram histogram) {
        SampleBuffer samples = late.computeIfAbsent(one, key -> new SampleBuffer());
        if (histogram == null) {
            samples.add(time, Double.longBitsToDouble(bits));
        } else {
            samples.add(time, histogram);
        }
    }

    @Nullable
    synchronized SampleBuffer takeLate(Series one) {
        return late.isEmpty() ? null : late.remove(one);
    }

    /** Takes what was cut out of memory, and leaves what came after it. */
    public void drop() {
        var tally = head.tally();
        for (int i = 0; i < series.size(); i++) {
            series.get(i).endCut(this, ends[i], tally);
            if (i % SLICE == SLICE - 1) {
                head.add(tally);
            }
        }
        series.clear();
        head.add(tally);
        room.chunks().shrink();
    }

    @Override
    public void close() {
        series.forEach(Series::leaveCut);
        room.cut(null);
    }
}
