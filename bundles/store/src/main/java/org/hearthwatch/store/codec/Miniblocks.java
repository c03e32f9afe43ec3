package org.hearthwatch.store.codec;

import org.hearthwatch.store.frame.Bytes;

/**
 * Numbers, best small ones without sign, in blocks of {@value #SIZE} (the last one may be shorter), each with the width
 * and the form that make it smallest:
 *
 * <pre>
 * one byte: width (0 to 64) + 65 * form
 * form 0  all numbers packed at the width
 * form 1  the same of a block whose greatest number has lost its bits above the width; before them one byte, its place,
 *         and unsigned, these bits
 * form 2  one bit a number, the lowest of a byte first, in whole bytes: it is not zero; then those packed at the width
 * </pre>
 */
final class Miniblocks {

    static final int SIZE = 32;

    private static final int FORMS = 65;
    private static final int PLAIN = 0;
    private static final int PATCHED = 1;
    private static final int SPARSE = 2;

    private Miniblocks() {}

    /** How many bytes the numbers take. */
    static int cost(long[] numbers, int count) {
        int bytes = 0;
        for (int from = 0; from < count; from += SIZE) {
            bytes += cost(numbers, from, Math.min(SIZE, count - from));
        }
        return bytes;
    }

    private static int cost(long[] numbers, int from, int count) {
        long all = 0;
        long greatest = 0;
        long second = 0;
        int some = 0;
        for (int i = from; i < from + count; i++) {
            long number = numbers[i];
            all |= number;
            some += number == 0 ? 0 : 1;
            // Numbers of all 64 bits compare as negative ones, which only makes a patch less likely.
            second = Math.max(second, Math.min(greatest, number));
            greatest = Math.max(greatest, number);
        }
        int width = width(all);
        int plain = 1 + BitPacking.bytes(count, width);
        int sparse = sparse(count, some, width);
        return Math.min(Math.min(plain, sparse), all < 0 ? plain : patched(count, greatest, width(second)));
    }

    private static int sparse(int count, int some, int width) {
        return 1 + BitPacking.bytes(count, 1) + BitPacking.bytes(some, width);
    }

    private static int patched(int count, long greatest, int width) {
        return 2 + unsignedBytes(greatest >>> width) + BitPacking.bytes(count, width);
    }

    private static int unsignedBytes(long number) {
        return Math.max(1, (width(number) + 6) / 7);
    }

    private static int width(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
    }

    /** Encodes the numbers, which are used as scratch. */
    static void encode(long[] numbers, int count, Bytes into) {
        for (int from = 0; from < count; from += SIZE) {
            encode(numbers, from, Math.min(SIZE, count - from), into);
        }
    }

    private static void encode(long[] numbers, int from, int count, Bytes into) {
        long all = 0;
        int place = from;
        int some = 0;
        for (int i = from; i < from + count; i++) {
            all |= numbers[i];
            some += numbers[i] == 0 ? 0 : 1;
            place = numbers[i] > numbers[place] ? i : place;
        }
        int width = width(all);
        int plain = 1 + BitPacking.bytes(count, width);
        int sparse = sparse(count, some, width);
        long others = 0;
        for (int i = from; i < from + count; i++) {
            others |= i == place ? 0 : numbers[i];
        }
        int narrow = width(others);
        int patched = all < 0 ? Integer.MAX_VALUE : patched(count, numbers[place], narrow);
        if (patched < plain && patched <= sparse) {
            into.putByte(narrow + FORMS * PATCHED);
            into.putByte(place - from);
            into.putUnsigned(numbers[place] >>> narrow);
            numbers[place] &= narrow == 0 ? 0 : -1L >>> (Long.SIZE - narrow);
            BitPacking.pack(numbers, from, count, narrow, into);
        } else if (sparse < plain) {
            into.putByte(width + FORMS * SPARSE);
            encodeSparse(numbers, from, count, width, into);
        } else {
            into.putByte(width + FORMS * PLAIN);
            BitPacking.pack(numbers, from, count, width, into);
        }
    }

    private static void encodeSparse(long[] numbers, int from, int count, int width, Bytes into) {
        int mask = into.reserve(BitPacking.bytes(count, 1));
        int kept = from;
        for (int i = 0; i < count; i++) {
            long number = numbers[from + i];
            if (number != 0) {
                into.setBit(mask, i);
                numbers[kept++] = number;
            }
        }
        BitPacking.pack(numbers, from, kept - from, width, into);
    }

    static void decode(Input in, int count, long[] into, int to) throws CorruptDataException {
        for (int from = 0; from < count; from += SIZE) {
            decodeOne(in, Math.min(SIZE, count - from), into, to + from);
        }
    }

    private static void decodeOne(Input in, int count, long[] into, int to) throws CorruptDataException {
        int head = in.takeByte();
        int width = head % FORMS;
        switch (head / FORMS) {
            case PLAIN -> BitPacking.unpack(in, count, width, into, to);
            case PATCHED -> {
                int place = in.takeCount(0, count - 1);
                long high = in.takeUnsigned();
                if (width == Long.SIZE) {
                    throw new CorruptDataException("A patch has no room");
                }
                BitPacking.unpack(in, count, width, into, to);
                into[to + place] |= high << width;
            }
            case SPARSE -> decodeSparse(in, count, width, into, to);
            default -> throw new CorruptDataException("A block of numbers has the unknown form " + head);
        }
    }

    private static void decodeSparse(Input in, int count, int width, long[] into, int to) throws CorruptDataException {
        long mask = 0;
        for (int shift = 0; shift < count; shift += 8) {
            mask |= (long) in.takeByte() << shift;
        }
        if (mask >>> count != 0) {
            throw new CorruptDataException("A mask is longer than its block");
        }
        int some = Long.bitCount(mask);
        BitPacking.unpack(in, some, width, into, to);
        // From the end, since the numbers stand together at the beginning.
        for (int i = count - 1, packed = some; i >= 0; i--) {
            into[to + i] = (mask >>> i & 1) != 0 ? into[to + --packed] : 0;
        }
    }
}
