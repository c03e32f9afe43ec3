package org.hearthwatch.store.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.codec.ValueCodec;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.tier.Downsampler;
import org.hearthwatch.store.tier.TierBuffer;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

/** Reads blocks with a reader of its own, made from docs/store-format.md alone. */
class BlockFormatTest {

    private static final String NAME = "blk/raw/a.blk";

    @Test
    void another_program_reads_the_samples_that_were_written() {
        ForAll.cases(12, BlockSamples::series).check(all -> {
            var disk = new SimulatedDisk();
            BlockSamples.write(disk, NAME, true, all);

            var read = new PageReader(disk.read(NAME));

            assertThat(read.series).hasSize(all.size());
            for (int i = 0; i < all.size(); i++) {
                long ref = BlockSamples.ref(i);
                var points = new ArrayList<BlockSamples.Point>();
                read.samples(ref).forEach((time, value) -> points.add(new BlockSamples.Point(time, value)));
                assertThat(points).isEqualTo(BlockSamples.points(all.get(i)));
                assertThat(read.labels.get(ref))
                        .isEqualTo(BlockSamples.labels((int) ref).asMap());
            }
        });
    }

    @Test
    void another_program_reads_the_intervals_that_were_written() throws Exception {
        var disk = new SimulatedDisk();
        var random = new SplittableRandom(5);
        var intervals = new TierBuffer();
        List<SampleBuffer> all = BlockSamples.series(random);
        try (var writer = new BlockWriter(disk, "blk/5m/a.tmp", 1, 300_000, true)) {
            var downsampler = new Downsampler(300_000);
            downsampler.start();
            downsampler.add(all.get(0), intervals);
            downsampler.finish(intervals);
            writer.series(9, Labels.of("__name__", "m"), intervals);
            writer.finish("blk/5m/a.blk");
        }

        var read = new PageReader(disk.read("blk/5m/a.blk"));

        assertThat(read.resolution()).isEqualTo(300_000);
        Map<Long, Object> points = read.samples(9);
        assertThat(points).hasSize(intervals.size());
        for (int i = 0; i < intervals.size(); i++) {
            assertThat(points.get(intervals.end(i)))
                    .isEqualTo(List.of(
                            intervals.lastTime(i),
                            Double.doubleToRawLongBits(intervals.count(i)),
                            Double.doubleToRawLongBits(intervals.sum(i)),
                            Double.doubleToRawLongBits(intervals.min(i)),
                            Double.doubleToRawLongBits(intervals.max(i)),
                            Double.doubleToRawLongBits(intervals.last(i)),
                            Double.doubleToRawLongBits(intervals.increase(i))));
        }
    }

    @Test
    void the_example_on_the_page_is_what_is_written() {
        double[] values = {1, 2.5, 4, Staleness.MARKER, 6};
        var column = new Bytes();

        new ValueCodec().encode(values, 0, values.length, column);

        byte[] encoded = new byte[column.size()];
        column.asBuffer().get(encoded);
        assertThat(HexFormat.of().withUpperCase().formatHex(encoded)).isEqualTo("81010301010014050C040580");
        assertThat(PageReader.ofColumn(encoded).values(values.length))
                .containsExactly(
                        Double.doubleToRawLongBits(1),
                        Double.doubleToRawLongBits(2.5),
                        Double.doubleToRawLongBits(4),
                        Staleness.BITS,
                        Double.doubleToRawLongBits(6));
    }
}
