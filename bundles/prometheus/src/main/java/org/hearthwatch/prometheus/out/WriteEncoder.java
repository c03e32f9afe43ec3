package org.hearthwatch.prometheus.out;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail.Slice;
import org.hearthwatch.prometheus.wire.ProtoWriter;
import org.hearthwatch.prometheus.wire.Snappy;

/**
 * Writes slices as requests of remote write 1.0, one for each shard. What relabelling makes of a series is kept with its
 * bytes, for as many series as may be of interest. Not thread-safe.
 */
final class WriteEncoder {

    private static final int MOST_SERIES = 50_000;
    private static final byte[] DROPPED = {};

    private final SendSettings settings;
    private final ProtoWriter[] shards;
    private final int[] samples;
    private final ProtoWriter scratch = new ProtoWriter();
    private final Map<Labels, byte[]> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Labels, byte[]> eldest) {
            return size() > MOST_SERIES;
        }
    };
    private int relabelled;
    private int old;

    WriteEncoder(SendSettings settings) {
        this.settings = settings;
        this.shards = new ProtoWriter[settings.shards()];
        this.samples = new int[settings.shards()];
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new ProtoWriter();
        }
    }

    /** Encodes a slice; samples from before a time are left out. */
    void encode(Slice slice, long notBefore) {
        relabelled = 0;
        old = 0;
        for (int i = 0; i < shards.length; i++) {
            shards[i].clear();
            samples[i] = 0;
        }
        SampleBatch batch = slice.batch();
        for (int i = 0; i < batch.size(); i++) {
            byte[] labels = labels(batch.series(i));
            if (batch.timestamp(i) < notBefore) {
                old++;
            } else if (labels.length == 0) {
                relabelled++;
            } else {
                int shard = Math.floorMod(batch.series(i).hashCode(), shards.length);
                samples[shard]++;
                shards[shard].begin(1).raw(labels);
                sample(shards[shard], batch, i);
                shards[shard].end();
            }
        }
        for (int i = 0; i < shards.length; i++) {
            if (samples[i] > 0) {
                for (MetricMetadata family : slice.metadata()) {
                    metadata(shards[i], family);
                }
                return;
            }
        }
    }

    /** How many samples a shard's request has. */
    int samples(int shard) {
        return samples[shard];
    }

    /** A shard's request, packed. */
    byte[] body(int shard) {
        return Snappy.pack(shards[shard].array(), 0, shards[shard].size());
    }

    /** How many samples relabelling dropped. */
    int relabelled() {
        return relabelled;
    }

    /** How many samples were too old. */
    int old() {
        return old;
    }

    private byte[] labels(Labels series) {
        byte[] bytes = known.get(series);
        if (bytes == null) {
            bytes = encoded(series);
            known.put(series, bytes);
        }
        return bytes;
    }

    private byte[] encoded(Labels series) {
        var all = settings.external().toBuilder();
        series.forEach(all::set);
        var sent = settings.relabelling().apply(all.build());
        if (sent.isEmpty()) {
            return DROPPED;
        }
        scratch.clear();
        sent.get()
                .forEach((name, value) ->
                        scratch.begin(1).string(1, name).string(2, value).end());
        return scratch.toByteArray();
    }

    private static void sample(ProtoWriter out, SampleBatch batch, int i) {
        var histogram = batch.histogram(i);
        if (histogram.isPresent()) {
            histogram(out, histogram.get(), batch.timestamp(i));
        } else {
            out.begin(2)
                    .float64(1, batch.value(i))
                    .integer(2, batch.timestamp(i))
                    .end();
        }
    }

    private static void histogram(ProtoWriter out, NativeHistogram histogram, long timestamp) {
        boolean whole = isWhole(histogram);
        out.begin(4);
        if (whole) {
            out.integer(1, (long) histogram.count());
        } else {
            out.float64(2, histogram.count());
        }
        out.float64(3, histogram.sum()).signed(4, histogram.schema()).float64(5, histogram.zeroThreshold());
        if (whole) {
            out.integer(6, (long) histogram.zeroCount());
        } else {
            out.float64(7, histogram.zeroCount());
        }
        buckets(out, 8, whole, histogram.negative());
        buckets(out, 11, whole, histogram.positive());
        out.integer(14, hint(histogram.resetHint())).integer(15, timestamp);
        double[] bounds = histogram.customBounds();
        if (bounds.length > 0) {
            out.begin(16);
            for (double bound : bounds) {
                out.rawFixed64(Double.doubleToRawLongBits(bound));
            }
            out.end();
        }
        out.end();
    }

    private static int hint(ResetHint hint) {
        return switch (hint) {
            case UNKNOWN -> 0;
            case RESET -> 1;
            case NO_RESET -> 2;
            case GAUGE -> 3;
        };
    }

    /** Writes spans, and behind them differences or counts, in three fields that follow one another. */
    private static void buckets(ProtoWriter out, int field, boolean whole, Buckets buckets) {
        for (Span span : buckets.spans()) {
            out.begin(field).signed(1, span.offset()).integer(2, span.length()).end();
        }
        if (buckets.size() == 0) {
            return;
        }
        out.begin(whole ? field + 1 : field + 2);
        long before = 0;
        for (int i = 0; i < buckets.size(); i++) {
            if (whole) {
                long difference = (long) buckets.count(i) - before;
                before = (long) buckets.count(i);
                out.varint((difference << 1) ^ (difference >> 63));
            } else {
                out.rawFixed64(Double.doubleToRawLongBits(buckets.count(i)));
            }
        }
        out.end();
    }

    /** Whether it can be written in the flavour of integers, which receivers check by adding up. */
    private static boolean isWhole(NativeHistogram histogram) {
        double total = histogram.zeroCount();
        boolean whole = isWhole(histogram.zeroCount()) && isWhole(histogram.count());
        for (Buckets side : new Buckets[] {histogram.negative(), histogram.positive()}) {
            for (int i = 0; i < side.size() && whole; i++) {
                whole = isWhole(side.count(i));
                total += side.count(i);
            }
        }
        return whole && (Double.isNaN(histogram.sum()) ? total <= histogram.count() : total == histogram.count());
    }

    private static boolean isWhole(double count) {
        return count >= 0 && count < 1L << 53 && count == Math.rint(count);
    }

    private static void metadata(ProtoWriter out, MetricMetadata family) {
        int type = switch (family.type()) {
            case UNKNOWN -> 0;
            case COUNTER -> 1;
            case GAUGE -> 2;
            case HISTOGRAM -> 3;
            case GAUGEHISTOGRAM -> 4;
            case SUMMARY -> 5;
            case INFO -> 6;
            case STATESET -> 7;
        };
        out.begin(3)
                .integer(1, type)
                .string(2, family.name())
                .string(4, family.help())
                .string(5, family.unit())
                .end();
    }
}
