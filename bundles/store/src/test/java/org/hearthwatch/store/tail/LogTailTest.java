package org.hearthwatch.store.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.SampleTail.Cursor;
import org.hearthwatch.api.store.SampleTail.Slice;
import org.hearthwatch.store.Histograms;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.log.LogFloor;
import org.hearthwatch.store.log.Pending;
import org.hearthwatch.store.log.Replay;
import org.hearthwatch.store.log.SampleLog;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private static final Duration NO_WAIT = Duration.ZERO;
    private static final long START = TestClock.START.toEpochMilli();

    private final TestClock clock = TestClock.atStart();
    private SimulatedDisk disk = new SimulatedDisk();
    private long limit = 1 << 20;
    private SampleLog log;
    private LogTail tail;
    private List<Damage> damages;
    private long next = 1;

    @BeforeEach
    void open() throws IOException {
        log = new SampleLog(disk, 4096, 3_600_000);
        var names = new LogNames() {
            @Override
            public Optional<Labels> labels(int ref) {
                return ref == 99 ? Optional.empty() : Optional.of(Labels.of("__name__", "m", "n", "" + ref));
            }

            @Override
            public Optional<MetricMetadata> family(String metric) {
                return Optional.of(new MetricMetadata(metric, MetricType.GAUGE, "help", ""));
            }
        };
        tail = new LogTail(disk, log.parts(), names, () -> limit, clock);
        damages = new ArrayList<>();
        log.startAt(tail.load(damages));
        log.heldBy(tail);
        damages.addAll(log.replay(LogFloor.NONE, new Ignoring()));
    }

    private static final class Ignoring implements Replay {
        @Override
        public boolean sample(int ref, long time, long bits) {
            return true;
        }

        @Override
        public boolean sample(int ref, long time, NativeHistogram histogram) {
            return true;
        }

        @Override
        public void used(int ref) {
            // No numbers are given out here.
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

    @Test
    void a_new_follower_gets_what_comes_from_now_on_once_and_in_order() throws Exception {
        append(5);
        try (Cursor cursor = tail.open("remote")) {
            append(3);
            append(4);

            assertThat(drain(cursor, 2)).containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L);
            assertThat(cursor.poll(10, NO_WAIT)).isEmpty();
        }
    }

    @Test
    void what_was_not_acknowledged_comes_again_after_a_restart_and_what_was_does_not() throws Exception {
        Cursor cursor = tail.open("remote");
        append(10);
        Slice first = cursor.poll(4, NO_WAIT).orElseThrow();
        cursor.acknowledge(first);
        assertThat(cursor.poll(3, NO_WAIT)).isPresent();
        cursor.close();

        restart();

        try (Cursor again = tail.open("remote")) {
            append(1);
            assertThat(drain(again, 100)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
        }
    }

    @Test
    void histograms_come_through() throws Exception {
        try (Cursor cursor = tail.open("remote")) {
            var samples = new Pending();
            for (int i = 0; i < 30; i++) {
                samples.add(1, i, Histograms.growing(i));
                samples.add(1, i, i);
            }
            log.append(samples, clock.millis());
            int seen = 0;
            for (Optional<Slice> slice = cursor.poll(7, NO_WAIT); slice.isPresent(); slice = cursor.poll(7, NO_WAIT)) {
                var batch = slice.get().batch();
                for (int i = 0; i < batch.size(); i++, seen++) {
                    assertThat(batch.histogram(i).isPresent()).isEqualTo(seen % 2 == 0);
                    if (seen % 2 == 0) {
                        assertThat(batch.histogram(i)).contains(Histograms.growing(seen / 2));
                    }
                }
            }
            assertThat(seen).isEqualTo(60);
        }
    }

    @Test
    void metadata_comes_with_the_first_sample_of_a_family() throws Exception {
        try (Cursor cursor = tail.open("remote")) {
            append(1);
            append(1);

            assertThat(cursor.poll(1, NO_WAIT).orElseThrow().metadata()).hasSize(1);
            assertThat(cursor.poll(1, NO_WAIT).orElseThrow().metadata()).isEmpty();
        }
    }

    @Test
    void files_are_kept_until_all_followers_are_done_with_them() throws Exception {
        Cursor cursor = tail.open("remote");
        append(10);
        log.rotate();
        append(10);
        var floor = new LogFloor(Long.MAX_VALUE, log.rotate());

        assertThat(log.drop(floor)).isZero();
        cursor.acknowledge(cursor.poll(10, NO_WAIT).orElseThrow());
        assertThat(log.drop(floor)).isEqualTo(1);
        cursor.acknowledge(cursor.poll(10, NO_WAIT).orElseThrow());
        assertThat(log.drop(floor)).isEqualTo(1);
        cursor.close();

        restart();
        try (Cursor again = tail.open("remote")) {
            append(2);
            Slice slice = again.poll(10, NO_WAIT).orElseThrow();
            assertThat(slice.lostBefore()).isZero();
            assertThat(slice.batch().size()).isEqualTo(2);
        }
    }

    @Test
    void a_follower_too_far_behind_is_told_what_it_lost() throws Exception {
        for (boolean restarts : new boolean[] {false, true}) {
            Cursor cursor = tail.open("remote-" + restarts);
            append(10);
            cursor.acknowledge(cursor.poll(4, NO_WAIT).orElseThrow());
            long known = next - 7;
            log.rotate();
            append(10);
            long cut = log.rotate();
            append(10);
            limit = 0;

            assertThat(log.drop(new LogFloor(Long.MAX_VALUE, cut))).isEqualTo(2);

            if (restarts) {
                cursor.close();
                restart();
                cursor = tail.open("remote-true");
            } else {
                // What of an open file was not read yet can still be.
                assertThat(cursor.poll(6, NO_WAIT).orElseThrow().batch().size()).isEqualTo(6);
                known += 6;
            }
            Slice slice = cursor.poll(100, NO_WAIT).orElseThrow();
            assertThat(slice.batch().size()).isEqualTo(10);
            assertThat(slice.lostBefore()).isEqualTo(slice.batch().timestamp(0) - START - known);
            cursor.acknowledge(slice);
            append(1);
            assertThat(cursor.poll(100, NO_WAIT).orElseThrow().lostBefore()).isZero();
            cursor.close();
            limit = 1 << 20;
        }
    }

    @Test
    void lag_is_what_is_not_acknowledged() throws Exception {
        try (Cursor cursor = tail.open("remote")) {
            assertThat(cursor.lag().bytes()).isZero();
            assertThat(cursor.lag().oldest()).isEqualTo(Long.MAX_VALUE);
            append(10);
            Slice slice = cursor.poll(10, NO_WAIT).orElseThrow();

            assertThat(cursor.lag().bytes()).isPositive();
            assertThat(cursor.lag().oldest()).isEqualTo(START + 1);
            cursor.acknowledge(slice);
            assertThat(cursor.lag().bytes()).isZero();
        }
    }

    @Test
    void names_are_bounded_and_open_once() throws Exception {
        for (String bad : List.of("", "A", "a/b", "..\\x", "a".repeat(65))) {
            assertThatThrownBy(() -> tail.open(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        Cursor cursor = tail.open("..");
        assertThatThrownBy(() -> tail.open("..")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tail.forget("..")).isInstanceOf(IllegalStateException.class);
        cursor.close();
        tail.open("..").close();
        tail.forget("..");
        tail.forget("..");
        assertThat(disk.list("tail")).isEmpty();
    }

    @Test
    void a_damaged_place_is_reported_and_begins_anew() throws Exception {
        tail.open("remote").close();
        byte[] content = disk.read("tail/remote.pos");
        for (int at = 0; at < content.length; at++) {
            byte[] flipped = content.clone();
            flipped[at] ^= 4;
            disk = disk.with("tail/remote.pos", flipped);
            open();
            assertThat(damages)
                    .hasSize(1)
                    .allSatisfy(damage ->
                            assertThat(damage.message()).contains("tail/remote.pos", "a copy is in quarantine/"));
            assertThat(tail.followers()).isZero();
        }
    }

    @Test
    void damage_is_told_once_and_what_stands_behind_it_comes() throws Exception {
        Cursor cursor = tail.open("remote");
        append(2);
        append(3);
        long damaged = log.parts().next() - 1;
        log.rotate();
        append(5);
        cursor.close();
        String file = log.parts().all().get(0).name();
        byte[] content = disk.read(file);
        content[60] ^= 1;
        disk = disk.with(file, content);
        log.close();
        open();

        try (Cursor again = tail.open("remote")) {
            assertThatThrownBy(() -> again.poll(100, NO_WAIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("%08d.seg".formatted(damaged))
                    .hasMessageContaining("lost");
            assertThat(drain(again, 100)).containsExactly(6L, 7L, 8L, 9L, 10L);
        }
    }

    @Test
    void a_file_of_which_nothing_could_be_read_counts_as_lost() throws Exception {
        tail.open("remote").close();
        append(5);
        log.rotate();
        append(5);
        String file = log.parts().all().get(0).name();
        byte[] content = disk.read(file);
        content[60] ^= 1;
        disk = disk.with(file, content);
        log.close();
        open();

        try (Cursor again = tail.open("remote")) {
            Slice slice = again.poll(100, NO_WAIT).orElseThrow();
            assertThat(slice.lostBefore()).isEqualTo(6);
            assertThat(slice.batch().size()).isEqualTo(5);
        }
    }

    @Test
    void samples_of_a_series_nobody_knows_are_told() throws Exception {
        try (Cursor cursor = tail.open("remote")) {
            var samples = new Pending();
            samples.add(1, 1, 1);
            samples.add(99, 2, 2);
            samples.add(1, 3, 3);
            log.append(samples, clock.millis());

            assertThat(cursor.poll(9, NO_WAIT).orElseThrow().batch().size()).isEqualTo(2);
            assertThatThrownBy(() -> cursor.poll(9, NO_WAIT)).hasMessageContaining("series 99");
            assertThat(cursor.poll(9, NO_WAIT)).isEmpty();
        }
    }

    @Test
    void whoever_waits_is_woken_by_what_comes() throws Exception {
        try (Cursor cursor = tail.open("remote")) {
            var writer = new Thread(() -> {
                try {
                    append(1);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            assertThat(cursor.poll(1, Duration.ofSeconds(30))).isPresent();
            writer.join();
        }
    }

    @Test
    void nothing_durable_is_missed_or_handed_out_twice_whatever_happens_to_power_and_disk() {
        ForAll.cases(150, random -> random).check(random -> new LogTailTest().followThroughCrashes(random));
    }

    /** Acknowledged samples came exactly once; those handed out and not acknowledged come again; none is skipped. */
    private void followThroughCrashes(SplittableRandom random) throws Exception {
        open();
        tail.open("f").close();
        long acknowledged = 0;
        for (int life = 0; life < 4; life++) {
            disk.stopAfter(random.nextInt(120));
            long durable = 0;
            try {
                Cursor cursor = tail.open("f");
                long last = acknowledged;
                for (int step = 0; step < 30; step++) {
                    switch (random.nextInt(4)) {
                        case 0, 1 -> {
                            append(1 + random.nextInt(20));
                            durable = next - 1;
                            if (random.nextInt(4) == 0) {
                                log.rotate();
                            }
                        }
                        case 2 ->
                            log.drop(new LogFloor(
                                    random.nextLong(next + 1), log.parts().next()));
                        default -> {
                            Optional<Slice> slice = cursor.poll(1 + random.nextInt(30), NO_WAIT);
                            if (slice.isPresent()) {
                                assertThat(slice.get().lostBefore()).isZero();
                                assertThat(slice.get().batch().timestamp(0) - START)
                                        .isEqualTo(last + 1);
                                last = slice.get()
                                                .batch()
                                                .timestamp(slice.get().batch().size() - 1)
                                        - START;
                                assertThat(last).isLessThan(next);
                                if (random.nextBoolean()) {
                                    cursor.acknowledge(slice.get());
                                    clock.advance(Duration.ofSeconds(2));
                                }
                            }
                        }
                    }
                }
                cursor.close();
            } catch (IOException e) {
                assertThat(e).hasMessage("This disk is gone");
            }
            disk = random.nextBoolean() ? disk.crash(random) : disk.kill();
            open();
            try (Cursor cursor = tail.open("f")) {
                acknowledged = placeOf(disk);
                long expected = acknowledged;
                for (Optional<Slice> slice = cursor.poll(50, NO_WAIT);
                        slice.isPresent();
                        slice = cursor.poll(50, NO_WAIT)) {
                    var batch = slice.get().batch();
                    for (int i = 0; i < batch.size(); i++) {
                        assertThat(batch.timestamp(i) - START).isEqualTo(++expected);
                    }
                }
                assertThat(expected).isGreaterThanOrEqualTo(durable);
                next = expected + 1;
            }
        }
    }

    private static long placeOf(SimulatedDisk disk) throws IOException {
        return Math.max(0, Place.decode(disk.read("tail/f.pos")).orElseThrow().time() - START);
    }

    /** Samples whose times count up from one. */
    private void append(int count) throws IOException {
        var samples = new Pending();
        for (int i = 0; i < count; i++) {
            samples.add(1 + i % 3, START + next, next * 31);
            next++;
        }
        log.append(samples, clock.millis());
    }

    private static List<Long> drain(Cursor cursor, int most) throws Exception {
        var times = new ArrayList<Long>();
        for (Optional<Slice> slice = cursor.poll(most, NO_WAIT);
                slice.isPresent();
                slice = cursor.poll(most, NO_WAIT)) {
            var batch = slice.get().batch();
            assertThat(batch.size()).isBetween(1, most);
            for (int i = 0; i < batch.size(); i++) {
                times.add(batch.timestamp(i) - START);
                assertThat(Double.doubleToRawLongBits(batch.value(i))).isEqualTo(31 * (batch.timestamp(i) - START));
            }
            cursor.acknowledge(slice.get());
        }
        return times;
    }

    private void restart() throws IOException {
        log.close();
        open();
    }
}
