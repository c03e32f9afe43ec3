package org.hearthwatch.store.block;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.codec.LongCodec;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the section of one series. Every part's checksum is looked at, whether it is wanted or not; behind a
 * damaged one it goes on where the next right one begins. Not thread-safe.
 */
final class SectionReader {

    private final byte[] bytes;
    private final int length;
    private final long offset;
    private final TimeCache shared;
    private final long first;
    private final long last;
    private final LongCodec longs = new LongCodec();
    private final Map<Long, TimeColumn> own = new HashMap<>();

    /** Where damage begins, since when no chunk was right. */
    private String damaged = "";

    /** The last time known to be right. */
    private long reached;

    /**
     * What could not be read.
     *
     * @param where in the file, for people
     */
    record Loss(String where, Instant from, Instant to) {}

    /**
     * @param bytes the section and {@value Long#BYTES} bytes more
     * @param offset where it stands in the file
     * @param first the time of the series' first sample
     */
    SectionReader(byte[] bytes, int length, long offset, TimeCache shared, long first, long last) {
        this.bytes = bytes;
        this.length = length;
        this.offset = offset;
        this.shared = shared;
        this.first = first;
        this.last = last;
        this.reached = first - 1;
    }

    /** Gives what stands from one time to another, both included, and tells what of that time was lost. */
    void read(long from, long to, ChunkReader chunks, Consumer<Loss> lost) throws IOException {
        for (int at = 0; at < length; ) {
            var in = new Input(bytes, at, length);
            try {
                if ((bytes[at] & 0xff) == Part.TIMES) {
                    own.put(offset + at, TimeColumn.read(in, bytes, offset + at));
                } else {
                    chunk(in, at, from, to, chunks, lost);
                }
                at = in.position();
            } catch (CorruptDataException e) {
                if (damaged.isEmpty()) {
                    damaged = "at byte " + (offset + at) + " (" + e.getMessage() + ")";
                }
                at = nextMark(at + 1);
            }
        }
        if (!damaged.isEmpty()) {
            tell(last, from, to, lost);
        } else if (reached != last) {
            damaged = "behind byte " + (offset + length);
            tell(last, from, to, lost);
        }
    }

    /** Where the next part may begin. */
    private int nextMark(int from) {
        int at = from;
        while (at < length && (bytes[at] & 0xff) != Part.TIMES && (bytes[at] & 0xff) != Part.CHUNK) {
            at++;
        }
        return at;
    }

    private void chunk(Input in, int begun, long from, long to, ChunkReader chunks, Consumer<Loss> lost)
            throws IOException {
        if (in.takeByte() != Part.CHUNK) {
            throw new CorruptDataException("No chunk stands where one should");
        }
        int kind = in.takeByte();
        int count = in.takeCount(1, Slices.MOST);
        long column = offset + begun - in.takeUnsigned();
        Input body = in.takeInput(in.takeCount(0, in.remaining()));
        Part.check(bytes, begun, in, offset + begun);
        long[] times = times(column, begun);
        long start = times[0];
        long end = times[times.length - 1];
        if (times.length != count || start <= reached || end > last) {
            throw new CorruptDataException("The times of a chunk do not fit it");
        }
        if (start <= to && end >= from) {
            int head = from <= start ? 0 : place(times, from);
            int tail = to >= end ? count : place(times, to + 1);
            chunks.read(kind, body, times, head, tail);
        }
        if (!damaged.isEmpty()) {
            tell(start, from, to, lost);
        }
        reached = end;
    }

    private static int place(long[] times, long time) {
        int place = Arrays.binarySearch(times, time);
        return place >= 0 ? place : -place - 1;
    }

    private long[] times(long column, int begun) throws IOException {
        long @Nullable [] held = shared.held(column);
        if (held != null) {
            return held;
        }
        TimeColumn mine = own.get(column);
        if (mine != null) {
            long[] times = mine.decode(longs);
            shared.hold(column, times);
            return times;
        }
        if (column < Footer.HEADER_BYTES || column >= offset + begun) {
            throw new CorruptDataException("A chunk's times are said to be at byte " + column);
        }
        return shared.read(column, longs);
    }

    private void tell(long until, long from, long to, Consumer<Loss> lost) {
        if (reached + 1 <= to && until >= from) {
            lost.accept(
                    new Loss(damaged, Instant.ofEpochMilli(Math.max(first, reached + 1)), Instant.ofEpochMilli(until)));
        }
        damaged = "";
    }
}
