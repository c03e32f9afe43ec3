package org.hearthwatch.store.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.frame.ForeignFileException;
import org.junit.jupiter.api.Test;

class BlockDamageTest {

    private static final String NAME = "blk/raw/a.blk";

    private final SimulatedDisk disk = new SimulatedDisk();
    private final List<SampleBuffer> all = small();

    /** Two series that share their times and one that has its own, some chunks each. */
    private static List<SampleBuffer> small() {
        var random = new SplittableRandom(11);
        var all = new ArrayList<SampleBuffer>();
        for (int series = 0; series < 3; series++) {
            var samples = new SampleBuffer();
            for (int i = 0; i < 30; i++) {
                for (int slice = 0; slice < 3; slice++) {
                    // Slices of time this long are never put together in one chunk.
                    long time = slice * 16L * 86_400_000 + i * 15_000L + 1 + (series == 2 ? (long) i * i : 0L);
                    samples.add(time, series == 0 ? i : random.nextDouble());
                }
            }
            all.add(sorted(samples));
        }
        return all;
    }

    private static SampleBuffer sorted(SampleBuffer samples) {
        var points = BlockSamples.points(samples);
        points.sort((a, b) -> Long.compare(a.time(), b.time()));
        var sorted = new SampleBuffer();
        points.forEach(point -> sorted.add(point.time(), Double.longBitsToDouble((long) point.value())));
        return sorted;
    }

    @Test
    void a_flipped_bit_is_found_and_costs_no_more_than_the_chunks_it_is_in() throws IOException {
        BlockSamples.write(disk, NAME, true, all);
        byte[] content = disk.read(NAME);
        for (int at = 0; at < content.length; at++) {
            byte[] flipped = content.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            SimulatedDisk damaged = disk.with(NAME, flipped);
            try (BlockFile block = BlockFile.open(damaged, NAME)) {
                int lost = 0;
                for (int i = 0; i < all.size(); i++) {
                    var told = new ArrayList<String>();
                    var read = new SampleBuffer();
                    block.read(i, Long.MIN_VALUE, Long.MAX_VALUE, read, told::add);
                    var expected = BlockSamples.points(all.get(i));
                    var points = BlockSamples.points(read);
                    assertThat(new HashSet<>(expected).containsAll(points))
                            .as("byte %d", at)
                            .isTrue();
                    assertThat(told.isEmpty()).as("byte %d", at).isEqualTo(points.size() == expected.size());
                    assertThat(expected.size() - points.size()).isIn(0, 30);
                    lost += told.size();
                }
                var problems = new ArrayList<String>();
                block.verify(true, problems::add);
                assertThat(problems).as("byte %d", at).hasSizeBetween(1, 2);
                assertThat(lost).isLessThanOrEqualTo(2);
            } catch (DamagedBlockException e) {
                assertThat(e).hasMessageContaining(NAME);
                assertThat(at)
                        .satisfiesAnyOf(
                                place -> assertThat(place).isLessThan(Footer.HEADER_BYTES),
                                place -> assertThat(place).isGreaterThan(content.length - Footer.BYTES - 200));
            }
        }
    }

    @Test
    void damage_is_told_with_the_time_that_is_lost() throws IOException {
        BlockSamples.write(disk, NAME, true, all);
        byte[] content = disk.read(NAME);
        // The first chunk of the series with times of its own stands behind the sections of the others.
        try (BlockFile whole = BlockFile.open(disk, NAME)) {
            assertThat(whole.samples(2)).isEqualTo(90);
        }
        int chunk = 0;
        for (int seen = 0; seen < 7; chunk++) {
            seen += isChunk(content, chunk) ? 1 : 0;
        }
        content[chunk + 10] ^= 1;
        try (BlockFile block = BlockFile.open(disk.with(NAME, content), NAME)) {
            var told = new ArrayList<String>();
            block.read(2, Long.MIN_VALUE, Long.MAX_VALUE, new SampleBuffer(), told::add);

            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains(
                            "/simulated/" + NAME,
                            "series 17",
                            "from 1970-01-01T00:00:00.001Z to 1970-01-17T00:00:00.001Z");

            var elsewhere = new ArrayList<String>();
            block.read(2, 20 * 86_400_000L, Long.MAX_VALUE, new SampleBuffer(), elsewhere::add);
            assertThat(elsewhere).isEmpty();
        }
    }

    private static boolean isChunk(byte[] content, int at) {
        return (content[at] & 0xff) == Part.CHUNK && content[at + 1] == SectionWriter.VALUES && content[at + 2] == 30;
    }

    @Test
    void a_block_cut_anywhere_is_refused() throws IOException {
        BlockSamples.write(disk, NAME, false, all);
        byte[] content = disk.read(NAME);
        for (int length = 0; length < content.length; length++) {
            SimulatedDisk cut = disk.with(NAME, Arrays.copyOf(content, length));
            assertThatThrownBy(() -> BlockFile.open(cut, NAME))
                    .isInstanceOf(DamagedBlockException.class)
                    .hasMessageContaining(NAME);
        }
    }

    @Test
    void a_foreign_file_and_a_newer_version_are_refused() throws IOException {
        BlockSamples.write(disk, NAME, false, all);
        byte[] newer = disk.read(NAME);
        newer[5] = 2;
        rightHeader(newer);
        byte[] foreign = disk.read(NAME);
        foreign[0] = 'X';
        rightHeader(foreign);

        assertThatThrownBy(() -> BlockFile.open(disk.with(NAME, newer), NAME))
                .isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("newer Hearthwatch (format 2");
        assertThatThrownBy(() -> BlockFile.open(disk.with(NAME, foreign), NAME))
                .isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("is no block of samples");
    }

    private static void rightHeader(byte[] content) {
        var crc = new CRC32C();
        crc.update(content, 0, 28);
        ByteBuffer.wrap(content).putInt(28, (int) crc.getValue());
    }

    @Test
    void random_damage_never_gives_a_wrong_number() throws IOException {
        var random = new SplittableRandom(4);
        for (int round = 0; round < 10; round++) {
            List<SampleBuffer> some = BlockSamples.series(random);
            BlockSamples.write(disk, NAME, true, some);
            byte[] content = disk.read(NAME);
            for (int i = 0; i < 20; i++) {
                byte[] damaged = content.clone();
                int from = random.nextInt(content.length);
                int to = Math.min(content.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 4096));
                for (int at = from; at < to; at++) {
                    damaged[at] = (byte) (i % 2 == 0 ? 0 : random.nextInt());
                }
                readsNothingWrong(disk.with(NAME, damaged), some);
            }
        }
    }

    private static void readsNothingWrong(SimulatedDisk damaged, List<SampleBuffer> expected) throws IOException {
        try (BlockFile block = BlockFile.open(damaged, NAME)) {
            for (int i = 0; i < block.size(); i++) {
                var told = new ArrayList<String>();
                var read = new SampleBuffer();
                block.read(i, Long.MIN_VALUE, Long.MAX_VALUE, read, told::add);
                var right = BlockSamples.points(expected.get(i));
                assertThat(new HashSet<>(right).containsAll(BlockSamples.points(read)))
                        .isTrue();
                assertThat(told.isEmpty()).isEqualTo(read.size() == right.size());
            }
        } catch (DamagedBlockException e) {
            assertThat(e).hasMessageContaining(NAME);
        }
    }
}
