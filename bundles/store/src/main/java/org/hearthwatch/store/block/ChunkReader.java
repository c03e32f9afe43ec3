package org.hearthwatch.store.block;

import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.codec.HistogramCodec;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.codec.LongCodec;
import org.hearthwatch.store.codec.ValueCodec;
import org.hearthwatch.store.tier.TierBuffer;

/** Decodes the bodies of chunks. Nothing is given before all of a chunk was decoded. Not thread-safe. */
sealed interface ChunkReader {

    /**
     * Decodes a chunk and gives what stands from one place to another, excluded.
     *
     * @param times of all the chunk
     */
    void read(int kind, Input body, long[] times, int from, int to) throws CorruptDataException;

    /** Gives samples. */
    final class OfSamples implements ChunkReader {

        private final SampleBuffer into;
        private final ValueCodec values = new ValueCodec();
        private double[] column = {};

        OfSamples(SampleBuffer into) {
            this.into = into;
        }

        @Override
        public void read(int kind, Input body, long[] times, int from, int to) throws CorruptDataException {
            switch (kind) {
                case SectionWriter.VALUES -> {
                    column = column.length < times.length ? new double[times.length] : column;
                    values.decode(body, times.length, column);
                    body.expectEnd();
                    if (from < to) {
                        into.add(times, column, from, to);
                    }
                }
                case SectionWriter.HISTOGRAMS -> {
                    List<NativeHistogram> all = new HistogramCodec(values).decode(body, times.length);
                    body.expectEnd();
                    for (int i = from; i < to; i++) {
                        into.add(times[i], all.get(i));
                    }
                }
                default -> throw new CorruptDataException("A chunk is of the unknown kind " + kind);
            }
        }
    }

    /** Gives intervals. */
    final class OfIntervals implements ChunkReader {

        private static final int COLUMNS = 6;

        private final TierBuffer into;
        private final ValueCodec values = new ValueCodec();
        private final LongCodec longs = new LongCodec();
        private final long[] before = new long[Slices.MOST];
        private final double[][] columns = new double[COLUMNS][Slices.MOST];

        OfIntervals(TierBuffer into) {
            this.into = into;
        }

        @Override
        public void read(int kind, Input body, long[] times, int from, int to) throws CorruptDataException {
            if (kind != SectionWriter.INTERVALS) {
                throw new CorruptDataException("A chunk is of the unknown kind " + kind);
            }
            longs.decode(body, times.length, before);
            for (double[] column : columns) {
                values.decode(body, times.length, column);
            }
            body.expectEnd();
            for (int i = from; i < to; i++) {
                into.add(
                        times[i],
                        times[i] - before[i],
                        columns[0][i],
                        columns[1][i],
                        columns[2][i],
                        columns[3][i],
                        columns[4][i],
                        columns[5][i]);
            }
        }
    }
}
