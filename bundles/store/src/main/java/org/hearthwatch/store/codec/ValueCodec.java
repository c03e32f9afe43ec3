package org.hearthwatch.store.codec;

import org.hearthwatch.store.frame.Bytes;

/**
 * A column of doubles, bit for bit, in the smallest of these forms:
 *
 * <pre>
 * one byte          form, plus 128 if there are exceptions; nothing at all for an empty column
 * exceptions        unsigned count; for each, unsigned distance of its place from the one behind the exception before
 *                   (from 0 at first), and one byte what it is: an often met bit pattern, or 0 and its 8 bytes
 * form 0 constant   8 bytes: all values
 * form 1 decimal    one byte k; a column of longs s: values are (double) s / 10^k
 * form 2 bits       a column of longs: the values' bits, those of negative values but for the sign inverted, so that
 *                   they are in the order of the values
 * </pre>
 *
 * <p>An exception takes the place of what the form says there. Not thread-safe.
 */
public final class ValueCodec {

    static final int EXCEPTIONS = 0x80;
    static final int CONSTANT = 0;
    static final int DECIMAL = 1;
    static final int BITS = 2;

    /** Without an exception for every eighth value a decimal column is tried. */
    private static final int WORTH_TRYING = 8;

    private final LongCodec longs = new LongCodec();
    private final Exceptions exceptions = new Exceptions();
    private final Bytes decimal = new Bytes();
    private final Bytes bits = new Bytes();
    private long[] numbers = {};

    /** Encodes the values from one place to another, excluded. */
    public void encode(double[] values, int from, int to, Bytes into) {
        if (from == to) {
            return;
        }
        if (isConstant(values, from, to)) {
            into.putByte(CONSTANT);
            into.putLong(Double.doubleToRawLongBits(values[from]));
            return;
        }
        room(to - from);
        decimal.clear();
        boolean tried = encodeDecimal(values, from, to);
        bits.clear();
        encodeBits(values, from, to);
        into.putBytes(tried && decimal.size() <= bits.size() ? decimal : bits);
    }

    private void room(int count) {
        if (numbers.length < count) {
            numbers = new long[count];
        }
    }

    private static boolean isConstant(double[] values, int from, int to) {
        long first = Double.doubleToRawLongBits(values[from]);
        for (int i = from + 1; i < to; i++) {
            if (Double.doubleToRawLongBits(values[i]) != first) {
                return false;
            }
        }
        return true;
    }

    private boolean encodeDecimal(double[] values, int from, int to) {
        int digits = Decimal.digits(values, from, to);
        if (digits < 0) {
            return false;
        }
        exceptions.clear();
        long before = 0;
        for (int i = from; i < to; i++) {
            if (Decimal.fits(values[i], digits)) {
                before = Decimal.scaled(values[i], digits);
            } else {
                exceptions.add(i - from, values[i]);
                if (exceptions.size() > (to - from) / WORTH_TRYING + 1) {
                    return false;
                }
            }
            numbers[i - from] = before;
        }
        fillBeginning(to - from);
        exceptions.write(DECIMAL, decimal);
        decimal.putByte(digits);
        longs.encode(numbers, 0, to - from, decimal);
        return true;
    }

    private void encodeBits(double[] values, int from, int to) {
        exceptions.clear();
        long before = 0;
        for (int i = from; i < to; i++) {
            if (Exceptions.isSpecial(values[i])) {
                exceptions.add(i - from, values[i]);
            } else {
                before = ordered(Double.doubleToRawLongBits(values[i]));
            }
            numbers[i - from] = before;
        }
        fillBeginning(to - from);
        exceptions.write(BITS, bits);
        longs.encode(numbers, 0, to - from, bits);
    }

    /** Gives exceptions at the beginning the first number there is, so that they do not stand out. */
    private void fillBeginning(int count) {
        int run = exceptions.leading();
        if (run < count) {
            for (int i = 0; i < run; i++) {
                numbers[i] = numbers[run];
            }
        }
    }

    private static long ordered(long bits) {
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** Decodes a count of values. */
    public void decode(Input in, int count, double[] into) throws CorruptDataException {
        if (count == 0) {
            return;
        }
        int head = in.takeByte();
        exceptions.clear();
        if ((head & EXCEPTIONS) != 0) {
            exceptions.read(in, count);
        }
        switch (head & ~EXCEPTIONS) {
            case CONSTANT -> {
                double value = Double.longBitsToDouble(in.takeLong());
                for (int i = 0; i < count; i++) {
                    into[i] = value;
                }
            }
            case DECIMAL -> {
                int digits = in.takeByte();
                if (digits > Decimal.MOST_DIGITS) {
                    throw new CorruptDataException("Decimals have " + digits + " digits");
                }
                room(count);
                longs.decode(in, count, numbers);
                Decimal.values(numbers, count, digits, into);
            }
            case BITS -> {
                room(count);
                longs.decode(in, count, numbers);
                for (int i = 0; i < count; i++) {
                    into[i] = Double.longBitsToDouble(ordered(numbers[i]));
                }
            }
            default -> throw new CorruptDataException("A column has the unknown form " + head);
        }
        exceptions.putInto(into);
    }
}
