package org.hearthwatch.store.block;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.frame.Bytes;

/**
 * The labels of up to {@value #MOST} series. On disk:
 *
 * <pre>
 * C5, unsigned count of series, unsigned length before compression, unsigned length, the compressed (zlib) bytes, CRC
 * </pre>
 *
 * and before compression: unsigned count of symbols, the symbols as texts; for each series unsigned count of labels, and
 * for each label the unsigned places of name and value among the symbols.
 */
final class LabelGroup {

    /** How many series all groups but the last have. */
    static final int MOST = 1024;

    /** The most a group may have before compression. */
    private static final int MOST_BYTES = 256 << 20;

    private final Map<String, Integer> symbols = new LinkedHashMap<>();
    private final Bytes series = new Bytes();
    private int count;

    /** How many groups so many series need. */
    static int groups(int series) {
        return (int) ((series + MOST - 1L) / MOST);
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == MOST;
    }

    void add(Labels labels) {
        series.putUnsigned(labels.size());
        labels.forEach((name, value) -> {
            series.putUnsigned(symbol(name));
            series.putUnsigned(symbol(value));
        });
        count++;
    }

    private int symbol(String text) {
        return symbols.computeIfAbsent(text, each -> symbols.size());
    }

    /** Writes the group behind those before, and empties it. */
    void write(Bytes into) {
        var plain = new Bytes();
        plain.putUnsigned(symbols.size());
        symbols.keySet().forEach(plain::putText);
        plain.putBytes(series);
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        var packed = new Bytes();
        try {
            deflater.setInput(plain.asBuffer());
            deflater.finish();
            var piece = new byte[8192];
            while (!deflater.finished()) {
                packed.putBytes(piece, 0, deflater.deflate(piece));
            }
        } finally {
            deflater.end();
        }
        int begun = into.size();
        into.putByte(Part.LABELS);
        into.putUnsigned(count);
        into.putUnsigned(plain.size());
        into.putUnsigned(packed.size());
        into.putBytes(packed);
        Part.end(into, begun, 0);
        symbols.clear();
        series.clear();
        count = 0;
    }

    /** Reads a group, which stands at an offset from the first group's beginning on. */
    static List<Labels> read(byte[] bytes, int length, long offset, int expected) throws CorruptDataException {
        var in = new Input(bytes, 0, length);
        if (in.takeByte() != Part.LABELS) {
            throw new CorruptDataException("No labels stand where the index says");
        }
        int count = in.takeCount(expected, expected);
        int plainLength = in.takeCount(0, MOST_BYTES);
        int packed = in.takeCount(0, in.remaining());
        int from = in.skip(packed);
        Part.check(bytes, 0, in, offset);
        in.expectEnd();
        // Deflate makes at most 1032 bytes of one.
        if (plainLength > 1032L * packed) {
            throw new CorruptDataException("Labels are longer than they can be");
        }
        return parse(inflate(bytes, from, packed, plainLength), count);
    }

    private static Input inflate(byte[] bytes, int from, int length, int plainLength) throws CorruptDataException {
        var inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, length);
            var plain = new byte[plainLength];
            int got = 0;
            while (got < plainLength) {
                int more = inflater.inflate(plain, got, plainLength - got);
                if (more == 0) {
                    throw new CorruptDataException("Labels end early");
                }
                got += more;
            }
            return new Input(plain, 0, plainLength);
        } catch (DataFormatException e) {
            throw new CorruptDataException("Labels cannot be decompressed: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static List<Labels> parse(Input in, int count) throws CorruptDataException {
        var symbols = new String[in.takeCount(0, in.remaining())];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = in.takeText();
        }
        var all = new ArrayList<Labels>(count);
        for (int i = 0; i < count; i++) {
            var labels = Labels.builder();
            for (int left = in.takeCount(0, in.remaining()); left > 0; left--) {
                String name = symbols[in.takeCount(0, symbols.length - 1)];
                String value = symbols[in.takeCount(0, symbols.length - 1)];
                if (name.isEmpty()) {
                    throw new CorruptDataException("A label has no name");
                }
                labels.set(name, value);
            }
            all.add(labels.build());
        }
        in.expectEnd();
        return all;
    }
}
