package org.hearthwatch.store.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class BlockTest {

    private static final String NAME = "blk/raw/a.blk";

    private final SimulatedDisk disk = new SimulatedDisk();

    @Test
    void every_sample_comes_back_bit_for_bit() {
        ForAll.cases(60, BlockSamples::series).check(all -> {
            for (Encoding encoding : Encoding.values()) {
                var fresh = new SimulatedDisk();
                BlockMeta meta = BlockSamples.write(fresh, NAME, encoding, all);
                try (BlockFile block = BlockFile.open(fresh, NAME)) {
                    assertThat(block.meta()).isEqualTo(meta);
                    assertThat(block.size()).isEqualTo(all.size());
                    for (int i = 0; i < all.size(); i++) {
                        SampleBuffer expected = all.get(i);
                        assertThat(block.ref(i)).isEqualTo(BlockSamples.ref(i));
                        assertThat(block.indexOf(BlockSamples.ref(i))).isEqualTo(i);
                        assertThat(block.samples(i)).isEqualTo(expected.size());
                        assertThat(block.first(i)).isEqualTo(expected.timestamp(0));
                        assertThat(block.last(i)).isEqualTo(expected.timestamp(expected.size() - 1));
                        assertThat(BlockSamples.read(block, i)).isEqualTo(BlockSamples.points(expected));
                    }
                }
            }
        });
    }

    @Test
    void a_part_of_the_time_gives_the_samples_within() {
        ForAll.cases(60, BlockSamples::series).check(all -> {
            var fresh = new SimulatedDisk();
            BlockSamples.write(fresh, NAME, Encoding.SMALL, all);
            try (BlockFile block = BlockFile.open(fresh, NAME)) {
                for (int i = 0; i < all.size(); i++) {
                    SampleBuffer expected = all.get(i);
                    long from = expected.timestamp(expected.size() / 3);
                    long to = expected.timestamp(expected.size() / 2) + 1;
                    assertThat(BlockSamples.read(block, i, from, to))
                            .isEqualTo(BlockSamples.points(expected, from, to));
                }
            }
        });
    }
}
