package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Reads the store's files with a reader of its own, made from docs/store-format.md alone. */
class FormatTest {

    private final TestClock clock = TestClock.atStart();

    @Test
    void another_program_reads_what_was_written() throws Exception {
        var disk = new SimulatedDisk();
        var expected = new TreeMap<String, Long>();
        var random = new SplittableRandom(3);
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), clock)) {
            for (int round = 0; round < 300; round++) {
                var batch = SampleBatch.from("test");
                for (int i = random.nextInt(8); i < 30; i += 1 + random.nextInt(2)) {
                    Labels labels = Labels.of("__name__", "m", "n", "ä" + i);
                    long time = clock.millis() - (i % 7 == 0 ? i : 0);
                    double value = i % 3 == 0 ? i : random.nextDouble() - 0.5;
                    batch.add(labels, time, value);
                    expected.put("{__name__=m, n=ä" + i + "} " + time, Double.doubleToRawLongBits(value));
                }
                store.append(batch.build());
                store.commit();
                clock.advance(Duration.ofSeconds(20));
            }
        }

        assertThat(disk.list("wal")).hasSizeGreaterThan(1);
        assertThat(samplesOf(disk)).isEqualTo(expected);
        assertThat(samplesOfCheckpoint(disk)).isEqualTo(expected);
    }

    @Test
    void another_program_knows_which_blocks_and_deletions_count() throws Exception {
        var disk = new SimulatedDisk();
        long from = clock.millis();
        try (var store =
                TimeSeriesStore.open(disk, Stores.settings(changes -> changes.cut(Duration.ofMinutes(5))), clock)) {
            for (int i = 0; i < 300; i++) {
                store.append(SampleBatch.from("test")
                        .add(Labels.of("__name__", "a"), clock.millis(), i)
                        .add(Labels.of("__name__", "b"), clock.millis(), i)
                        .build());
                store.commit();
                clock.advance(Duration.ofMinutes(1));
                while (store.tend()) {
                    store.commit();
                }
            }
            store.admin().delete(List.of(Matcher.metric("b")), from + 7, from + 70_000);
        }

        String[] current = new String(disk.read("CURRENT"), StandardCharsets.US_ASCII).split("[ \n]", -1);
        var sum = new CRC32C();
        sum.update(current[0].getBytes(StandardCharsets.US_ASCII));
        assertThat(current).containsExactly(current[0], String.format(Locale.ROOT, "%08x", sum.getValue()), "");
        Map<Long, String> names = namesOf(disk);
        long catalogue = disk.size("catalog/" + disk.list("catalog").get(0));
        var types = new ArrayList<Integer>();
        var blocks = new TreeMap<String, Long>();
        var deleted = new ArrayList<String>();
        new Reader(disk.read(current[0])).records((type, restart, body) -> {
            types.add(type);
            switch (type) {
                case 1 -> {
                    assertThat(body.signed()).as("in blocks up to").isBetween(from, clock.millis());
                    assertThat(body.unsigned()).as("of segments below").isPositive();
                    assertThat(body.unsigned()).as("next generation").isGreaterThan(1);
                    assertThat(body.signed()).as("may have been dropped").isEqualTo(Long.MIN_VALUE);
                    assertThat(disk.list("catalog"))
                            .containsExactly(String.format(Locale.ROOT, "%06d.log", body.unsigned()));
                    assertThat(body.unsigned()).as("of the catalogue").isEqualTo(catalogue);
                }
                case 2 -> {
                    String file = body.text();
                    long width = body.unsigned();
                    assertThat(file).startsWith(width == 0 ? "blk/raw/" : width == 300_000 ? "blk/5m/" : "blk/1h/");
                    assertThat(body.signed()).isBetween(from, body.signed());
                    blocks.put(file, body.unsigned());
                }
                case 3 -> {
                    body.unsigned();
                    body.unsigned();
                    assertThat(body.signed()).as("when").isEqualTo(clock.millis());
                    deleted.add((body.signed() - from) + " " + (body.signed() - from));
                    assertThat(body.unsigned()).as("series").isEqualTo(1);
                    deleted.add(names.get(body.unsigned()));
                }
                case 5 -> assertThat(body.unsigned()).isEqualTo(types.size() - 1);
                default -> assertThat(type).isEqualTo(4);
            }
        });
        var files = new TreeMap<String, Long>();
        for (String file : disk.files()) {
            if (file.startsWith("blk/")) {
                files.put(file, disk.size(file));
            }
        }
        assertThat(types).startsWith(1).endsWith(5);
        assertThat(blocks).isEqualTo(files).hasSize(3);
        assertThat(deleted).containsExactly("7 70000", "{__name__=b}");
    }

    @Test
    void another_program_knows_where_a_follower_is() throws Exception {
        var disk = new SimulatedDisk();
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), clock);
                var cursor = store.tail().open("other")) {
            store.append(SampleBatch.from("test")
                    .add(Labels.of("__name__", "m"), clock.millis(), 1)
                    .build());
            store.commit();
            cursor.acknowledge(cursor.poll(10, Duration.ZERO).orElseThrow());
            store.maintain();
        }

        var place = ByteBuffer.wrap(disk.read("tail/other.pos"));
        assertThat(place.limit()).isEqualTo(56);
        assertThat(place.getInt(0)).isEqualTo(0x48575450);
        assertThat(place.getInt(4)).as("version").isEqualTo(1);
        assertThat(place.getLong(8)).as("segment").isEqualTo(1);
        assertThat(place.getLong(16)).as("record to come").isEqualTo(disk.size("wal/00000001.seg"));
        assertThat(place.getInt(24)).as("samples of it").isZero();
        assertThat(place.getLong(28)).as("newest").isEqualTo(clock.millis());
        assertThat(place.getLong(36)).as("removed").isZero();
        var sum = new CRC32C();
        sum.update(place.slice(0, 52));
        assertThat(place.getInt(52)).isEqualTo((int) sum.getValue());
    }

    @Test
    void the_example_of_the_page_is_what_is_written() throws Exception {
        var disk = new SimulatedDisk();
        var at = TestClock.at(Instant.ofEpochMilli(1000));
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), at)) {
            var first = SampleBatch.from("test");
            for (int i = 1; i < 7; i++) {
                first.add(Labels.of("__name__", "m" + i), 1000, 0);
            }
            store.append(first.build());
            store.commit();
        }
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), at)) {
            store.append(SampleBatch.from("test")
                    .add(Labels.of("__name__", "m7"), 1000, 1)
                    .add(Labels.of("__name__", "m8"), 1000, 0)
                    .build());
            store.commit();
        }

        byte[] segment = disk.read("wal/00000002.seg");
        assertThat(HexFormat.of().withUpperCase().formatHex(segment, 32 + 12, segment.length))
                .isEqualTo("020E02D00F0201023FF0");
    }

    @Test
    void the_example_of_a_histogram_is_what_is_written() throws Exception {
        var disk = new SimulatedDisk();
        var at = TestClock.at(Instant.ofEpochMilli(1000));
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), at)) {
            var first = SampleBatch.from("test");
            for (int i = 1; i < 7; i++) {
                first.add(Labels.of("__name__", "m" + i), 1000, 0);
            }
            store.append(first.build());
            store.commit();
        }
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), at)) {
            var histogram = new NativeHistogram(
                    NativeHistogram.ResetHint.UNKNOWN,
                    3,
                    0,
                    0,
                    9,
                    0,
                    new NativeHistogram.Buckets(List.of(new NativeHistogram.Span(1, 2)), 4, 5),
                    NativeHistogram.Buckets.NONE);
            store.append(SampleBatch.from("test")
                    .add(Labels.of("__name__", "m7"), 1000, histogram)
                    .build());
            store.commit();
        }

        byte[] segment = disk.read("wal/00000002.seg");
        assertThat(HexFormat.of().withUpperCase().formatHex(segment, 32 + 12, segment.length))
                .isEqualTo(
                        "010E01D00F01" + "08" + "06" + "0000000000000000" + "010202" + "0000" + "00" + "0E" + "12080A");
    }

    private static Map<Long, String> namesOf(SimulatedDisk disk) throws IOException {
        var names = new HashMap<Long, String>();
        String catalogue = disk.list("catalog").get(disk.list("catalog").size() - 1);
        new Reader(disk.read("catalog/" + catalogue)).records((type, restart, body) -> {
            if (type == 1) {
                long number = body.unsigned();
                var labels = new TreeMap<String, String>();
                for (long i = body.unsigned(); i > 0; i--) {
                    labels.put(body.text(), body.text());
                }
                names.put(number, labels.toString());
            }
        });
        return names;
    }

    private static Map<String, Long> samplesOfCheckpoint(SimulatedDisk disk) throws IOException {
        Map<Long, String> names = namesOf(disk);
        var samples = new TreeMap<String, Long>();
        assertThat(disk.list("head")).hasSize(1);
        new Reader(disk.read("head/" + disk.list("head").get(0))).records((type, restart, body) -> {
            if (type == 3) {
                body.chunks(names, samples);
            }
        });
        return samples;
    }

    private static Map<String, Long> samplesOf(SimulatedDisk disk) throws IOException {
        Map<Long, String> names = namesOf(disk);
        var samples = new TreeMap<String, Long>();
        for (String file : disk.list("wal")) {
            var before = new HashMap<Long, Long>();
            new Reader(disk.read("wal/" + file)).records((type, restart, body) -> {
                if (restart) {
                    before.clear();
                }
                if (type == 1) {
                    body.samples(names, before, samples);
                }
            });
        }
        return samples;
    }

    /** What is done with a record. */
    private interface Taker {
        void take(int type, boolean restart, Reader body);
    }

    /** Reads a file or the body of a record. */
    private static final class Reader {

        private final ByteBuffer bytes;

        Reader(byte[] content) {
            bytes = ByteBuffer.wrap(content);
        }

        void records(Taker each) {
            int version = bytes.getShort(4);
            assertThat(version).isEqualTo(1);
            long sequence = bytes.getLong(8);
            for (int at = 32; at < bytes.limit(); ) {
                assertThat(bytes.getShort(at)).isEqualTo((short) 0xf548);
                var body = new byte[bytes.getInt(at + 4)];
                bytes.get(at + 12, body);
                var sum = new CRC32C();
                sum.update(ByteBuffer.allocate(16).putLong(sequence).putLong(at).flip());
                sum.update(bytes.slice(at + 2, 6));
                sum.update(body);
                assertThat(bytes.getInt(at + 8)).isEqualTo((int) sum.getValue());
                each.take(bytes.get(at + 2), (bytes.get(at + 3) & 1) != 0, new Reader(body));
                at += 12 + body.length;
            }
        }

        long unsigned() {
            long value = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes.get();
                value |= (long) (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            return value;
        }

        long signed() {
            long zigzag = unsigned();
            return zigzag % 2 == 0 ? zigzag >>> 1 : -(zigzag >>> 1) - 1;
        }

        String text() {
            var encoded = new byte[(int) unsigned()];
            bytes.get(encoded);
            return new String(encoded, StandardCharsets.UTF_8);
        }

        void samples(Map<Long, String> names, Map<Long, Long> before, Map<String, Long> into) {
            int count = (int) unsigned();
            long[] series = runs(count, true);
            long[] times = runs(count, false);
            var changed = new byte[(count + 7) / 8];
            bytes.get(changed);
            for (int i = 0; i < count; i++) {
                long bits = before.getOrDefault(series[i], 0L);
                if (((changed[i / 8] >> (i % 8)) & 1) != 0) {
                    int shape = bytes.get();
                    var xor = new byte[8];
                    bytes.get(xor, shape / 16, shape % 16);
                    bits ^= ByteBuffer.wrap(xor).getLong();
                }
                before.put(series[i], bits);
                into.put(names.get(series[i]) + " " + times[i], bits);
            }
        }

        void chunks(Map<Long, String> names, Map<String, Long> into) {
            while (bytes.hasRemaining()) {
                String name = names.getOrDefault(unsigned(), "nobody");
                for (long chunks = unsigned(); chunks > 0; chunks--) {
                    assertThat(bytes.get()).isEqualTo((byte) 1);
                    int count = (int) unsigned();
                    long first = signed();
                    long last = first + unsigned();
                    var content = new byte[(int) unsigned()];
                    bytes.get(content);
                    assertThat(new Bits(content).samples(name, count, first, into))
                            .isEqualTo(last);
                }
            }
        }

        private long[] runs(int count, boolean growing) {
            var values = new long[count];
            long value = 0;
            for (int i = 0; i < count; ) {
                value += signed();
                for (long run = unsigned(); run > 0; run--) {
                    values[i++] = value;
                    value += growing ? 1 : 0;
                }
            }
            return values;
        }
    }

    /** Reads the bits of a chunk of numbers. */
    private static final class Bits {

        private static final int[] WIDTHS = {14, 17, 20, 64};

        private final byte[] bytes;
        private int at;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the last time. */
        long samples(String name, int count, long first, Map<String, Long> into) {
            long time = first;
            long distance = 0;
            long value = take(64);
            int leading = 0;
            int length = 0;
            into.put(name + " " + time, value);
            for (int i = 1; i < count; i++) {
                distance += change();
                time += distance;
                if (take(1) == 1) {
                    if (take(1) == 1) {
                        leading = (int) take(5);
                        length = (int) take(6) + 1;
                    }
                    value ^= take(length) << (64 - leading - length);
                }
                into.put(name + " " + time, value);
            }
            return time;
        }

        private long change() {
            int ones = 0;
            while (ones < 4 && take(1) == 1) {
                ones++;
            }
            if (ones == 0) {
                return 0;
            }
            int width = WIDTHS[ones - 1];
            return take(width) << (64 - width) >> (64 - width);
        }

        private long take(int count) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = (value << 1) | ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
                at++;
            }
            return value;
        }
    }
}
