package org.hearthwatch.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.store.Histograms;
import org.hearthwatch.store.chunk.HistogramCodec;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.ForAll;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleLogTest {

    private static final long NOW = 1_000_000;

    private final SimulatedDisk disk = new SimulatedDisk();

    private record Entry(
            int ref, long time, long bits, @Nullable NativeHistogram histogram) {}

    /** What replay found. */
    private static final class Found implements Replay {

        private final List<Entry> entries = new ArrayList<>();
        private final TreeMap<Integer, Integer> used = new TreeMap<>();

        @Override
        public boolean sample(int ref, long time, long bits) {
            entries.add(new Entry(ref, time, bits, null));
            return true;
        }

        @Override
        public boolean sample(int ref, long time, NativeHistogram histogram) {
            entries.add(new Entry(ref, time, 0, histogram));
            return true;
        }

        @Override
        public void used(int ref) {
            used.merge(ref, 1, Integer::sum);
        }

        @Override
        public long oldest() {
            return Long.MIN_VALUE;
        }

        @Override
        public void segmentRead() {
            // Nothing is done between two files.
        }
    }

    private static SampleLog log(SimulatedDisk disk) {
        return new SampleLog(disk, 8 << 10, 3_600_000);
    }

    private static Found replay(SimulatedDisk disk, LogFloor floor) throws IOException {
        var found = new Found();
        List<Damage> damages = log(disk).replay(floor, found);
        assertThat(damages).isEmpty();
        return found;
    }

    @Test
    void gives_back_numbers_and_histograms_of_any_kind_to_the_last_bit_in_order() {
        ForAll.cases(150, random -> random).check(random -> {
            var disk = new SimulatedDisk();
            var written = new ArrayList<Entry>();
            var log = log(disk);
            log.replay(LogFloor.NONE, new Found());
            for (int commit = 1 + random.nextInt(12); commit > 0; commit--) {
                var samples = new Pending();
                for (int i = random.nextInt(200); i > 0; i--) {
                    add(random, samples, written);
                }
                log.append(samples, NOW);
            }
            log.close();

            List<Entry> found = replay(disk, LogFloor.NONE).entries;

            // Between series the order is any.
            found.sort(Comparator.comparingInt(Entry::ref));
            written.sort(Comparator.comparingInt(Entry::ref));
            assertThat(found).hasSameSizeAs(written);
            for (int i = 0; i < found.size(); i++) {
                Entry one = found.get(i);
                Entry other = written.get(i);
                assertThat(one.ref).isEqualTo(other.ref);
                assertThat(one.time).isEqualTo(other.time);
                assertThat(one.bits).isEqualTo(other.bits);
                if (other.histogram != null) {
                    assertThat(HistogramCodec.identical(Objects.requireNonNull(one.histogram), other.histogram))
                            .as("%s and %s", one.histogram, other.histogram)
                            .isTrue();
                }
            }
        });
    }

    private static void add(SplittableRandom random, Pending samples, List<Entry> written) {
        int ref = random.nextInt(20) == 0 ? random.nextInt(100_000) : 1 + random.nextInt(40);
        long time = random.nextInt(30) == 0 ? random.nextLong() : NOW + random.nextInt(3);
        if (random.nextInt(4) == 0) {
            NativeHistogram histogram =
                    random.nextBoolean() ? Histograms.any(random) : Histograms.growing(random.nextInt(30));
            samples.add(ref, time, histogram);
            written.add(new Entry(ref, time, 0, histogram));
        } else {
            long bits = random.nextBoolean() ? random.nextInt(3) : random.nextLong();
            samples.add(ref, time, bits);
            written.add(new Entry(ref, time, bits, null));
        }
    }

    @Test
    void a_histogram_that_grows_a_little_takes_little() throws Exception {
        var log = log(disk);
        log.replay(LogFloor.NONE, new Found());
        for (int i = 0; i < 200; i++) {
            var samples = new Pending();
            for (int ref = 0; ref < 100; ref++) {
                samples.add(ref, NOW + i, Histograms.growing(1000 + i % 10));
            }
            log.append(samples, NOW);
        }
        log.close();

        assertThat(log.bytes() / 20_000).isLessThan(25);
    }

    @Test
    void what_is_in_blocks_is_passed_over_by_time_and_file() throws Exception {
        var log = log(disk);
        log.replay(LogFloor.NONE, new Found());
        append(log, 1, 100);
        append(log, 2, 300);
        long cut = log.rotate();
        append(log, 3, 100);
        append(log, 4, 300);
        log.close();

        Found found = replay(disk, new LogFloor(200, cut));

        assertThat(found.entries).extracting(Entry::ref).containsExactly(2, 3, 4);
        assertThat(found.used).containsOnlyKeys(1);
        assertThat(replay(disk, LogFloor.NONE).entries).hasSize(4);
    }

    @Test
    void a_file_goes_when_all_of_it_is_in_blocks() throws Exception {
        var log = log(disk);
        log.replay(LogFloor.NONE, new Found());
        append(log, 1, 100);
        log.rotate();
        append(log, 2, 300);
        long cut = log.rotate();
        append(log, 3, 100);
        log.rotate();

        assertThat(log.drop(new LogFloor(200, cut))).isEqualTo(1);

        assertThat(replay(disk, LogFloor.NONE).entries).extracting(Entry::ref).containsExactly(2, 3);
    }

    @Test
    void numbers_of_files_never_fall_below_the_floor_again() throws Exception {
        var log = log(disk);
        log.replay(LogFloor.NONE, new Found());
        append(log, 1, 100);
        var floor = new LogFloor(200, log.rotate());
        log.drop(floor);
        log.close();
        assertThat(disk.list("wal")).isEmpty();

        var again = log(disk);
        again.replay(floor, new Found());
        append(again, 2, 100);

        assertThat(replay(disk, floor).entries).extracting(Entry::ref).containsExactly(2);
    }

    @Test
    void what_was_written_twice_because_of_a_failure_counts_once_for_followers() throws Exception {
        var log = log(disk);
        log.replay(LogFloor.NONE, new Found());
        append(log, 1, 100);
        disk.faults((operation, name) -> operation == Operation.FORCE);
        var samples = new Pending();
        samples.add(2, 200, 7);
        assertThat(catchFailure(log, samples)).isNotNull();
        disk.faults((operation, name) -> false);
        log.abandon();
        log.append(samples, NOW);
        append(log, 3, 300);
        assertThat(followed(disk, log.parts())).containsExactly(1, 2, 3);
        log.close();

        var again = log(disk);
        again.replay(LogFloor.NONE, new Found());

        assertThat(replay(disk.copy(), LogFloor.NONE).entries).hasSize(4);
        assertThat(followed(disk, again.parts())).containsExactly(1, 2, 3);
    }

    /** Every place with {@code -Dhearthwatch.stride=1}. */
    @Test
    void a_file_cut_off_anywhere_in_its_last_64_kib_gives_what_stands_before() throws Exception {
        var large = new SampleLog(disk, 1 << 20, 3_600_000);
        large.replay(LogFloor.NONE, new Found());
        var random = new SplittableRandom(11);
        while (large.bytes() < 70_000) {
            var samples = new Pending();
            for (int i = 0; i < 40; i++) {
                add(random, samples, new ArrayList<>());
            }
            large.append(samples, NOW);
        }
        large.close();
        String file = disk.files().get(0);
        byte[] whole = disk.read(file);
        List<Entry> all = replay(disk.copy(), LogFloor.NONE).entries;
        int before = 0;

        int stride = Integer.getInteger("hearthwatch.stride", 211);
        for (int length = whole.length - (64 << 10); length <= whole.length; length += stride) {
            var found = new Found();
            List<Damage> damages =
                    log(disk.with(file, Arrays.copyOf(whole, length))).replay(LogFloor.NONE, found);

            assertThat(damages).as("cut at %d", length).allMatch(Damage::torn);
            assertThat(found.entries.size()).as("cut at %d", length).isBetween(before, all.size());
            before = found.entries.size();
            assertThat(found.entries.get(before - 1)).as("cut at %d", length).isEqualTo(all.get(before - 1));
        }
        assertThat(before).isGreaterThan(all.size() / 2);
    }

    private static @Nullable IOException catchFailure(SampleLog log, Pending samples) {
        try {
            log.append(samples, NOW);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static List<Integer> followed(SimulatedDisk disk, LogParts parts) throws IOException {
        var refs = new ArrayList<Integer>();
        for (LogParts.Part part : parts.all()) {
            try (var tail = new SegmentTail(disk, part.sequence())) {
                while (tail.next(part.bytes())) {
                    for (int i = 0; i < tail.samples().size(); i++) {
                        refs.add(tail.samples().ref(i));
                    }
                }
            }
        }
        return refs;
    }

    private static void append(SampleLog log, int ref, long time) throws IOException {
        var samples = new Pending();
        samples.add(ref, time, ref);
        log.append(samples, NOW);
    }
}
