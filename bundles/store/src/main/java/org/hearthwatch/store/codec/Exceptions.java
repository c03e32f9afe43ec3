package org.hearthwatch.store.codec;

import java.util.Arrays;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.store.frame.Bytes;

/** Values of a column that do not go with the others, and their places. Not thread-safe. */
final class Exceptions {

    /** Bit patterns often met, by the byte that stands for each; byte 0 stands for the eight bytes that follow. */
    private static final long[] PATTERNS = {
        0L,
        Staleness.BITS,
        // What Prometheus writes for NaN, and what Java does.
        0x7ff8_0000_0000_0001L,
        0x7ff8_0000_0000_0000L,
        0x7ff0_0000_0000_0000L,
        0xfff0_0000_0000_0000L,
        0x0000_0000_0000_0000L,
        0x8000_0000_0000_0000L
    };

    private static final int OTHER = 0;
    private static final int FIRST_PATTERN = 1;

    private int[] places = {};
    private double[] values = {};
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Whether a value is so far from ordinary ones that it is better told apart. */
    static boolean isSpecial(double value) {
        return value == 0 || !Double.isFinite(value);
    }

    /** How many places are exceptions from the first on. */
    int leading() {
        int run = 0;
        while (run < size && places[run] == run) {
            run++;
        }
        return run;
    }

    void add(int place, double value) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size + 8);
            values = Arrays.copyOf(values, 2 * size + 8);
        }
        places[size] = place;
        values[size] = value;
        size++;
    }

    /** Writes the form of a column, and the exceptions where there are some. */
    void write(int form, Bytes into) {
        if (size == 0) {
            into.putByte(form);
            return;
        }
        into.putByte(form | ValueCodec.EXCEPTIONS);
        into.putUnsigned(size);
        int behind = 0;
        for (int i = 0; i < size; i++) {
            into.putUnsigned(places[i] - (long) behind);
            behind = places[i] + 1;
            long bits = Double.doubleToRawLongBits(values[i]);
            int pattern = pattern(bits);
            into.putByte(pattern);
            if (pattern == OTHER) {
                into.putLong(bits);
            }
        }
    }

    private static int pattern(long bits) {
        for (int i = FIRST_PATTERN; i < PATTERNS.length; i++) {
            if (PATTERNS[i] == bits) {
                return i;
            }
        }
        return OTHER;
    }

    void read(Input in, int count) throws CorruptDataException {
        int behind = 0;
        for (int left = in.takeCount(1, count); left > 0; left--) {
            int place = behind + in.takeCount(0, count - behind - 1);
            behind = place + 1;
            int pattern = in.takeByte();
            if (pattern >= PATTERNS.length) {
                throw new CorruptDataException("An exception is of the unknown kind " + pattern);
            }
            add(place, Double.longBitsToDouble(pattern == OTHER ? in.takeLong() : PATTERNS[pattern]));
        }
    }

    void putInto(double[] column) {
        for (int i = 0; i < size; i++) {
            column[places[i]] = values[i];
        }
    }
}
