package org.hearthwatch.store.block;

import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.codec.HistogramCodec;
import org.hearthwatch.store.codec.LongCodec;
import org.hearthwatch.store.codec.ValueCodec;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.tier.TierBuffer;

/**
 * Writes the section of one series after the other: chunks, and before the first chunk that needs it a column of times.
 * Columns are remembered, so that series with the same times share one. A chunk on disk:
 *
 * <pre>
 * C4, kind, unsigned count, unsigned distance back to the column of its times, unsigned length, body, CRC
 * </pre>
 *
 * Not thread-safe.
 */
final class SectionWriter {

    static final int VALUES = 1;
    static final int HISTOGRAMS = 2;
    static final int INTERVALS = 3;

    private final SharedTimes shared = new SharedTimes();
    private final LongCodec longs = new LongCodec();
    private final ValueCodec values;
    private final HistogramCodec histograms;
    private final Bytes body = new Bytes();

    SectionWriter() {
        values = new ValueCodec();
        histograms = new HistogramCodec(values);
    }

    /** Writes samples to bytes whose first stands at an offset of the file. */
    void write(SampleBuffer samples, Bytes into, long offset) {
        int from = 0;
        for (int sliceEnd : Slices.ends(samples.timestamps(), samples.size())) {
            while (from < sliceEnd) {
                int end = sameKind(samples, from, sliceEnd);
                long column = shared.place(samples.timestamps(), from, end, longs, into, offset);
                body.clear();
                boolean counted = isHistogram(samples, from);
                if (counted) {
                    histograms.encode(samples, from, end, body);
                } else {
                    values.encode(samples.values(), from, end, body);
                }
                chunk(counted ? HISTOGRAMS : VALUES, end - from, column, into, offset);
                from = end;
            }
        }
    }

    private static boolean isHistogram(SampleBuffer samples, int index) {
        return samples.hasHistograms() && samples.histogram(index).isPresent();
    }

    private static int sameKind(SampleBuffer samples, int from, int sliceEnd) {
        if (!samples.hasHistograms()) {
            return sliceEnd;
        }
        int end = from + 1;
        while (end < sliceEnd && isHistogram(samples, end) == isHistogram(samples, from)) {
            end++;
        }
        return end;
    }

    /** Writes intervals: how long before its end the last sample of each is, then the columns of doubles. */
    void write(TierBuffer intervals, Bytes into, long offset) {
        var before = new long[Slices.MOST];
        int from = 0;
        for (int end : Slices.ends(intervals.ends(), intervals.size())) {
            long column = shared.place(intervals.ends(), from, end, longs, into, offset);
            body.clear();
            for (int i = from; i < end; i++) {
                before[i - from] = intervals.end(i) - intervals.lastTime(i);
            }
            longs.encode(before, 0, end - from, body);
            for (double[] each : intervals.columns()) {
                values.encode(each, from, end, body);
            }
            chunk(INTERVALS, end - from, column, into, offset);
            from = end;
        }
    }

    private void chunk(int kind, int count, long column, Bytes into, long offset) {
        int begun = into.size();
        into.putByte(Part.CHUNK);
        into.putByte(kind);
        into.putUnsigned(count);
        into.putUnsigned(offset + begun - column);
        into.putUnsigned(body.size());
        into.putBytes(body);
        Part.end(into, begun, offset);
    }
}
