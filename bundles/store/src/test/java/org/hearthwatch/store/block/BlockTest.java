package org.hearthwatch.store.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.tier.TierBuffer;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class BlockTest {

    private static final String NAME = "blk/raw/a.blk";

    private final SimulatedDisk disk = new SimulatedDisk();

    @Test
    void every_sample_comes_back_bit_for_bit() {
        ForAll.cases(60, BlockSamples::series).check(all -> {
            for (boolean withLabels : new boolean[] {false, true}) {
                var fresh = new SimulatedDisk();
                BlockMeta meta = BlockSamples.write(fresh, NAME, withLabels, all);
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
            BlockSamples.write(fresh, NAME, true, all);
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

    @Test
    void series_of_one_target_share_their_times() throws IOException {
        var one = new SampleBuffer();
        var random = new SplittableRandom(1);
        long time = 0;
        for (int i = 0; i < 500; i++) {
            time += 1 + random.nextInt(1 << 20);
            one.add(time, 1);
        }
        long alone = BlockSamples.write(disk, NAME, false, List.of(one)).bytes();
        long ten = BlockSamples.write(disk, NAME, false, List.of(one, one, one, one, one, one, one, one, one, one))
                .bytes();

        assertThat(alone).isGreaterThan(1000);
        assertThat(ten - alone).isLessThan(9 * 40);
    }

    @Test
    void merged_blocks_carry_labels_and_blocks_cut_from_memory_do_not() throws IOException {
        var one = new SampleBuffer();
        one.add(1, 1);
        List<SampleBuffer> all = Collections.nCopies(2 * LabelGroup.MOST + 5, one);
        BlockSamples.write(disk, NAME, false, all);
        try (BlockFile block = BlockFile.open(disk, NAME)) {
            assertThat(block.labels(7)).isEmpty();
        }
        BlockSamples.write(disk, NAME, true, all);
        try (BlockFile block = BlockFile.open(disk, NAME)) {
            for (int i : new int[] {0, LabelGroup.MOST - 1, LabelGroup.MOST, 2 * LabelGroup.MOST + 4}) {
                assertThat(block.labels(i)).contains(BlockSamples.labels(BlockSamples.ref(i)));
            }
        }
    }

    @Test
    void nothing_is_there_before_a_block_is_finished_and_nothing_is_left_of_one_that_is_not() throws IOException {
        var one = new SampleBuffer();
        one.add(1, 1);
        try (var writer = new BlockWriter(disk, NAME + ".tmp", 0, 0, false)) {
            writer.series(1, Labels.EMPTY, one);
            assertThat(disk.files()).containsExactly(NAME + ".tmp");
        }
        assertThat(disk.files()).isEmpty();
    }

    @Test
    void a_finished_block_survives_a_power_cut() throws IOException {
        var random = new SplittableRandom(2);
        List<SampleBuffer> all = BlockSamples.series(random);
        BlockSamples.write(disk, NAME, true, all);
        for (int i = 0; i < 20; i++) {
            try (BlockFile block = BlockFile.open(disk.crash(random), NAME)) {
                assertThat(BlockSamples.read(block, 0)).isEqualTo(BlockSamples.points(all.get(0)));
            }
        }
    }

    @Test
    void a_block_that_cannot_be_written_is_not_there() {
        var one = new SampleBuffer();
        one.add(1, 1);
        for (SimulatedDisk.Operation failing :
                List.of(SimulatedDisk.Operation.WRITE, SimulatedDisk.Operation.FORCE, SimulatedDisk.Operation.RENAME)) {
            var broken = new SimulatedDisk();
            broken.faults((operation, name) -> operation == failing);
            assertThatThrownBy(() -> BlockSamples.write(broken, NAME, false, List.of(one)))
                    .isInstanceOf(IOException.class);
            assertThat(broken.files()).isEmpty();
        }
    }

    @Test
    void a_block_without_series_is_a_block() throws IOException {
        BlockMeta meta = BlockSamples.write(disk, NAME, true, List.of());

        try (BlockFile block = BlockFile.open(disk, NAME)) {
            assertThat(block.size()).isZero();
            assertThat(block.indexOf(1)).isNegative();
            assertThat(meta.from()).isGreaterThan(meta.to());
        }
    }

    @Test
    void what_is_out_of_order_is_refused() throws IOException {
        var one = new SampleBuffer();
        one.add(1, 1);
        var twice = new SampleBuffer();
        twice.add(1, 1);
        twice.add(1, 1);
        var interval = new TierBuffer();
        interval.add(1, 1, 1, 1, 1, 1, 1, 1);
        try (var writer = new BlockWriter(disk, NAME + ".tmp", 0, 0, false)) {
            writer.series(5, Labels.EMPTY, one);
            assertThatIllegalArgumentException().isThrownBy(() -> writer.series(5, Labels.EMPTY, one));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.series(6, Labels.EMPTY, twice));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.series(6, Labels.EMPTY, interval));
        }
    }

    @Test
    void a_block_stays_open_until_the_last_user_lets_go() throws IOException {
        List<SampleBuffer> all = BlockSamples.series(new SplittableRandom(2));
        BlockSamples.write(disk, NAME, true, all);
        BlockFile block = BlockFile.open(disk, NAME);
        assertThat(block.retain()).isTrue();
        block.close();
        assertThat(BlockSamples.read(block, 0)).isNotEmpty();
        block.release();
        assertThat(block.retain()).isFalse();
    }
}
