package org.hearthwatch.store.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;

/** Reads a block as docs/store-format.md says, with nothing of the store's own code. */
final class PageReader {

    private static final long[] PATTERNS = {
        0,
        0x7ff0000000000002L,
        0x7ff8000000000001L,
        0x7ff8000000000000L,
        0x7ff0000000000000L,
        0xfff0000000000000L,
        0,
        0x8000000000000000L
    };

    private final ByteBuffer bytes;
    private final ByteBuffer footer;
    private long checkedFrom;

    /** Series by number, each with what it has by time. */
    final Map<Long, Map<Long, Object>> series = new TreeMap<>();

    /** Labels by number, in the order they stand. */
    final Map<Long, Map<String, String>> labels = new TreeMap<>();

    PageReader(byte[] content) throws DataFormatException {
        bytes = ByteBuffer.wrap(content);
        footer = bytes.slice(content.length - 88, 88);
        assertThat(new String(content, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("HWBK");
        assertThat(bytes.getShort(4)).isEqualTo((short) 1);
        assertThat(bytes.getInt(28)).isEqualTo(crc(0, 28));
        assertThat(footer.getInt(80)).isEqualTo(crc(content.length - 88, 80));
        assertThat(footer.getLong(72)).isEqualTo(content.length);
        long[][] index = index();
        long offset = 32;
        for (int i = 0; i < index[0].length; i++) {
            section(index[0][i], (int) offset, (int) index[1][i]);
            assertThat(samples(index[0][i])).hasSize((int) index[4][i]);
            offset += index[1][i];
        }
        labels(index);
    }

    /** What a series has by time. */
    Map<Long, Object> samples(long number) {
        return series.getOrDefault(number, Map.of());
    }

    long resolution() {
        return bytes.getLong(8);
    }

    private int crc(int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes.slice(from, length));
        return (int) crc.getValue();
    }

    private void begin(int at, int mark, long base) {
        bytes.position(at);
        checkedFrom = at - base;
        assertThat(bytes.get() & 0xff).isEqualTo(mark);
    }

    private void end(int begun) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(0, checkedFrom));
        crc.update(bytes.slice(begun, bytes.position() - begun));
        assertThat(bytes.getInt()).isEqualTo((int) crc.getValue());
    }

    private long[][] index() {
        int at = (int) footer.getLong(0);
        begin(at, 0xc6, 0);
        int count = (int) unsigned();
        var columns = new long[6][];
        for (int i = 0; i < 5; i++) {
            unsigned();
            columns[i] = longs(count);
        }
        int groups = (int) unsigned();
        unsigned();
        columns[5] = longs(groups);
        end(at);
        return columns;
    }

    private void section(long number, int from, int length) {
        var points = new TreeMap<Long, Object>();
        series.put(number, points);
        for (int at = from; at < from + length; at = bytes.position()) {
            if ((bytes.get(at) & 0xff) == 0xc3) {
                times(at);
            } else {
                chunk(at, points);
            }
        }
    }

    private long[] times(int at) {
        begin(at, 0xc3, 0);
        int count = (int) unsigned();
        long first = signed();
        long span = unsigned();
        unsigned();
        long[] times = longs(count);
        end(at);
        assertThat(times[0]).isEqualTo(first);
        assertThat(times[count - 1]).isEqualTo(first + span);
        return times;
    }

    private void chunk(int at, Map<Long, Object> into) {
        begin(at, 0xc4, 0);
        int kind = bytes.get();
        int count = (int) unsigned();
        int column = at - (int) unsigned();
        int body = (int) unsigned();
        int begun = bytes.position();
        bytes.position(begun + body);
        end(at);
        int next = bytes.position();
        long[] times = times(column);
        bytes.position(begun);
        if (kind == 1) {
            long[] values = values(count);
            for (int i = 0; i < count; i++) {
                into.put(times[i], values[i]);
            }
        } else if (kind == 2) {
            for (int i = 0; i < count; ) {
                for (NativeHistogram each : run()) {
                    into.put(times[i++], each);
                }
            }
        } else {
            intervals(count, times, into);
        }
        assertThat(bytes.position()).isEqualTo(begun + body);
        bytes.position(next);
    }

    private void intervals(int count, long[] times, Map<Long, Object> into) {
        long[] before = longs(count);
        var columns = new long[6][];
        for (int i = 0; i < 6; i++) {
            columns[i] = values(count);
        }
        for (int i = 0; i < count; i++) {
            var row = new ArrayList<Long>();
            row.add(times[i] - before[i]);
            for (long[] column : columns) {
                row.add(column[i]);
            }
            into.put(times[i], row);
        }
    }

    private List<NativeHistogram> run() {
        int count = (int) unsigned();
        int schema = (int) signed();
        double threshold = bytes.getDouble();
        List<Span> positive = spans();
        List<Span> negative = spans();
        var bounds = new double[(int) unsigned()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = bytes.getDouble();
        }
        var hints = new byte[count];
        bytes.get(hints);
        long[] counts = values(count);
        long[] sums = values(count);
        long[] zeros = values(count);
        long[][] up = columns(positive, count);
        long[][] down = columns(negative, count);
        var run = new ArrayList<NativeHistogram>();
        for (int i = 0; i < count; i++) {
            ResetHint hint = List.of(ResetHint.UNKNOWN, ResetHint.RESET, ResetHint.NO_RESET, ResetHint.GAUGE)
                    .get(hints[i]);
            run.add(new NativeHistogram(
                    hint,
                    schema,
                    threshold,
                    Double.longBitsToDouble(zeros[i]),
                    Double.longBitsToDouble(counts[i]),
                    Double.longBitsToDouble(sums[i]),
                    new Buckets(positive, row(up, i)),
                    new Buckets(negative, row(down, i)),
                    bounds));
        }
        return run;
    }

    private List<Span> spans() {
        var spans = new ArrayList<Span>();
        for (long i = unsigned(); i > 0; i--) {
            spans.add(new Span((int) signed(), (int) unsigned()));
        }
        return spans;
    }

    private long[][] columns(List<Span> spans, int count) {
        var columns = new long[spans.stream().mapToInt(Span::length).sum()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = values(count);
        }
        return columns;
    }

    private static double[] row(long[][] columns, int index) {
        var row = new double[columns.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Double.longBitsToDouble(columns[i][index]);
        }
        return row;
    }

    private void labels(long[][] index) throws DataFormatException {
        long base = footer.getLong(16);
        long at = base;
        int place = 0;
        for (long length : index[5]) {
            begin((int) at, 0xc5, base);
            int count = (int) unsigned();
            var plain = new byte[(int) unsigned()];
            var packed = new byte[(int) unsigned()];
            bytes.get(packed);
            end((int) at);
            var inflater = new Inflater();
            inflater.setInput(packed);
            assertThat(inflater.inflate(plain)).isEqualTo(plain.length);
            inflater.end();
            group(plain, index[0], place, count);
            place += count;
            at += length;
        }
        assertThat(at - base).isEqualTo(footer.getLong(24));
    }

    private void group(byte[] plain, long[] numbers, int place, int count) throws DataFormatException {
        PageReader in = new PageReader(ByteBuffer.wrap(plain));
        var symbols = new ArrayList<String>();
        for (long i = in.unsigned(); i > 0; i--) {
            var text = new byte[(int) in.unsigned()];
            in.bytes.get(text);
            symbols.add(new String(text, StandardCharsets.UTF_8));
        }
        for (int i = 0; i < count; i++) {
            var of = new TreeMap<String, String>();
            for (long pairs = in.unsigned(); pairs > 0; pairs--) {
                of.put(symbols.get((int) in.unsigned()), symbols.get((int) in.unsigned()));
            }
            labels.put(numbers[place + i], of);
        }
    }

    private PageReader(ByteBuffer plain) {
        bytes = plain;
        footer = plain;
    }

    /** For a column that stands alone. */
    static PageReader ofColumn(byte[] column) {
        return new PageReader(ByteBuffer.wrap(column));
    }

    long[] values(int count) {
        if (count == 0) {
            return new long[0];
        }
        int form = bytes.get() & 0xff;
        var exceptions = new TreeMap<Integer, Long>();
        if (form >= 128) {
            int place = 0;
            for (long i = unsigned(); i > 0; i--) {
                place += (int) unsigned();
                int pattern = bytes.get();
                exceptions.put(place++, pattern == 0 ? bytes.getLong() : PATTERNS[pattern]);
            }
        }
        var values = new long[count];
        if (form % 128 == 0) {
            Arrays.fill(values, bytes.getLong());
        } else if (form % 128 == 1) {
            double power = Double.parseDouble("1e" + bytes.get());
            long[] scaled = longs(count);
            for (int i = 0; i < count; i++) {
                values[i] = Double.doubleToRawLongBits(scaled[i] / power);
            }
        } else {
            long[] ordered = longs(count);
            for (int i = 0; i < count; i++) {
                values[i] = ordered[i] >= 0 ? ordered[i] : ordered[i] ^ 0x7fffffffffffffffL;
            }
        }
        exceptions.forEach((place, value) -> values[place] = value);
        return values;
    }

    private long[] longs(int count) {
        var numbers = new long[count];
        if (count == 0) {
            return numbers;
        }
        int head = bytes.get();
        numbers[0] = signed();
        long step = unsigned();
        long base = signed();
        long[] rests = head >= 4 ? new long[count - 1] : rests(count - 1);
        long u = 0;
        long d = 0;
        for (int i = 1; i < count; i++) {
            switch (head % 4) {
                case 0 -> u = base + rests[i - 1];
                case 1 -> u += base + rests[i - 1];
                default -> {
                    d += base + rests[i - 1];
                    u += d;
                }
            }
            numbers[i] = numbers[0] + step * u;
        }
        return numbers;
    }

    private long[] rests(int count) {
        var rests = new long[count];
        for (int from = 0; from < count; from += 32) {
            int size = Math.min(32, count - from);
            int head = bytes.get() & 0xff;
            int width = head % 65;
            int place = head / 65 == 1 ? bytes.get() : 0;
            long high = head / 65 == 1 ? unsigned() : 0;
            var some = new boolean[size];
            Arrays.fill(some, true);
            if (head / 65 == 2) {
                int begun = bytes.position();
                for (int i = 0; i < size; i++) {
                    some[i] = (bytes.get(begun + i / 8) >> i % 8 & 1) == 1;
                }
                bytes.position(begun + (size + 7) / 8);
            }
            int begun = bytes.position();
            int bit = 0;
            for (int i = 0; i < size; i++) {
                for (int k = 0; some[i] && k < width; k++, bit++) {
                    rests[from + i] |= (long) (bytes.get(begun + bit / 8) >> bit % 8 & 1) << k;
                }
            }
            bytes.position(begun + (bit + 7) / 8);
            if (head / 65 == 1) {
                rests[from + place] |= high << width;
            }
        }
        for (int i = 0; i < count; i++) {
            rests[i] = rests[i] >>> 1 ^ -(rests[i] & 1);
        }
        return rests;
    }

    private long unsigned() {
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

    private long signed() {
        long zigzag = unsigned();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }
}
