package org.hearthwatch.store.block;

import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.codec.LongCodec;
import org.hearthwatch.store.frame.Bytes;

/**
 * The times of a chunk, or of many. On disk:
 *
 * <pre>
 * C3, unsigned count, signed first time, unsigned last - first, unsigned length, the times as a column of longs, CRC
 * </pre>
 */
final class TimeColumn {

    /** Longer than this no column is, however its times are. */
    private static final int MOST_BODY = 1 << 16;

    private final int count;
    private final long first;
    private final long last;
    private final byte[] bytes;
    private final int from;
    private final int end;

    /** Times encoded in a range of the bytes. */
    private TimeColumn(int count, long first, long last, byte[] bytes, int from, int end) {
        this.count = count;
        this.first = first;
        this.last = last;
        this.bytes = bytes;
        this.from = from;
        this.end = end;
    }

    /** Writes a column of growing times. */
    static void write(long[] times, int from, int to, LongCodec codec, Bytes body, Bytes into, long offset) {
        body.clear();
        codec.encode(times, from, to, body);
        int begun = into.size();
        into.putByte(Part.TIMES);
        into.putUnsigned(to - from);
        into.putSigned(times[from]);
        into.putUnsigned(times[to - 1] - times[from]);
        into.putUnsigned(body.size());
        into.putBytes(body);
        Part.end(into, begun, offset);
    }

    /** How many bytes the column takes that begins here. */
    static int length(Input in) throws CorruptDataException {
        int begun = in.position();
        in.takeByte();
        in.takeUnsigned();
        in.takeSigned();
        in.takeUnsigned();
        int length = in.takeCount(0, MOST_BODY);
        return in.position() - begun + length + Part.CRC_BYTES;
    }

    /** Reads a column, the checksum included, but not yet the times. */
    static TimeColumn read(Input in, byte[] bytes, long offset) throws CorruptDataException {
        int begun = in.position();
        if (in.takeByte() != Part.TIMES) {
            throw new CorruptDataException("No times stand where a chunk says");
        }
        int count = in.takeCount(1, Slices.MOST);
        long first = in.takeSigned();
        long last = first + in.takeUnsigned();
        int length = in.takeCount(0, in.remaining());
        int from = in.skip(length);
        Part.check(bytes, begun, in, offset);
        if (last < first) {
            throw new CorruptDataException("Times go backwards");
        }
        return new TimeColumn(count, first, last, bytes, from, from + length);
    }

    /** The times. */
    long[] decode(LongCodec codec) throws CorruptDataException {
        var times = new long[count];
        var in = new Input(bytes, from, end);
        codec.decode(in, count, times);
        in.expectEnd();
        if (times[0] != first || times[count - 1] != last) {
            throw new CorruptDataException("Times are not those announced");
        }
        for (int i = 1; i < count; i++) {
            if (times[i] <= times[i - 1]) {
                throw new CorruptDataException("Times do not grow");
            }
        }
        return times;
    }
}
