package org.hearthwatch.store.head;

import java.util.Arrays;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.Chunk;
import org.hearthwatch.store.chunk.ChunkWriter;
import org.hearthwatch.store.chunk.Chunks;
import org.hearthwatch.store.chunk.HistogramCodec;
import org.jspecify.annotations.Nullable;

/**
 * One series and its samples in memory: chunks in growing time that do not overlap, each of numbers or of histograms, of
 * which the last is being filled. A sample that comes late is put into the chunk its time falls in, which is compressed
 * anew and halved when it gets too large, so that late samples cost the same whatever their order.
 *
 * <p>Thread-safe. Its own monitor is held while a sample is put in, and by a reader only while it copies the bytes of
 * chunks, never while it decodes. There may be very many series, so there is no field that can be done without.
 */
public final class Series {

    private static final int HISTOGRAM_CHUNK_BYTES = 16 << 10;

    private final int ref;
    private final Labels labels;
    private final SeriesRoom room;
    private int first = Chunks.NONE;
    private int last = Chunks.NONE;
    private boolean gone;

    /** A cut has looked at it and wants to know what comes late. */
    private boolean cutting;

    /** Read without the monitor by those who count. */
    private byte source;

    /**
     * A series without samples.
     *
     * @param ref its number in catalogue and log
     */
    Series(int ref, Labels labels, SeriesRoom room) {
        this.ref = ref;
        this.labels = labels;
        this.room = room;
    }

    public int ref() {
        return ref;
    }

    public Labels labels() {
        return labels;
    }

    /** The number of who sends it, in {@link org.hearthwatch.store.cardinality.Sources}; 0 while that is unknown. */
    public int source() {
        return source & 0xFF;
    }

    /** Remembers who sends it. */
    public void source(int number) {
        byte small = (byte) number;
        if (source != small) {
            source = small;
        }
    }

    /**
     * Adds a number.
     *
     * @param notBefore a sample older than this is only accepted if it is there already
     */
    public Outcome append(long time, long bits, long notBefore, Tally tally) {
        return append(time, bits, null, notBefore, tally);
    }

    /** Adds numbers from one place of two columns up to another, however old they are. */
    public synchronized void append(long[] times, long[] bits, int from, int to, Tally tally) {
        int i = from;
        while (i < to) {
            int done = last != Chunks.NONE && takes(last, null)
                    ? behind(times, bits, i, to, tally)
                    : known(times, i, to, tally.samplesOfChunk);
            i += done;
            if (done == 0) {
                append(times[i], bits[i], null, Long.MIN_VALUE, tally);
                i++;
            }
        }
    }

    /**
     * Adds those numbers at the front of two columns that come behind all there are and fit into the last chunk.
     *
     * @param count of the columns, one at least
     * @return how many; 0 says nothing of the first but that it is to be added by itself
     */
    public synchronized int appendRow(long[] times, long[] bits, int count, long notBefore, Tally tally) {
        boolean follows = !gone
                && last != Chunks.NONE
                && takes(last, null)
                && times[0] > room.chunks().end(last)
                && times[0] >= notBefore;
        return follows ? behind(times, bits, 0, count, tally) : 0;
    }

    /** Adds those numbers at the front that come next and fit into a chunk. @return how many */
    private int behind(long[] times, long[] bits, int from, int to, Tally tally) {
        Chunks chunks = room.chunks();
        int before = chunks.heapBytes(last);
        int count = tally.writer.add(last, times, bits, from, to, room.chunkSamples());
        tally.stored(chunks.end(last), count, chunks.heapBytes(last) - before);
        return count;
    }

    /** Passes over those at the front that are there already, as far as one chunk reaches. @return how many */
    private int known(long[] times, int from, int to, SampleBuffer samples) {
        Chunks chunks = room.chunks();
        int target = first;
        while (target != Chunks.NONE && chunks.end(target) < times[from]) {
            target = chunks.next(target);
        }
        if (target == Chunks.NONE || chunks.start(target) > times[from]) {
            return 0;
        }
        samples.clear();
        chunks.copy(target).decode(times[from], Long.MAX_VALUE, samples);
        int place = 0;
        int i = from;
        while (i < to && place < samples.size() && times[i] == samples.timestamp(place)) {
            i++;
            place++;
        }
        samples.clear();
        return i - from;
    }

    /** Adds a histogram; see {@link #append(long, long, long, Tally)}. */
    public Outcome append(long time, NativeHistogram histogram, long notBefore, Tally tally) {
        return append(time, 0, histogram, notBefore, tally);
    }

    private synchronized Outcome append(
            long time, long bits, @Nullable NativeHistogram histogram, long notBefore, Tally tally) {
        if (gone) {
            return Outcome.GONE;
        }
        Chunks chunks = room.chunks();
        if (last == Chunks.NONE || time > chunks.end(last)) {
            if (time < notBefore) {
                return Outcome.TOO_OLD;
            }
            appendBehind(time, bits, histogram, tally);
            return Outcome.STORED;
        }
        if (time == chunks.end(last) && chunks.hasNumbers(last) && !chunks.isClosed(last)) {
            return histogram == null && chunks.lastBits(last) == bits ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        return insert(time, bits, histogram, notBefore, tally);
    }

    private boolean takes(int chunk, @Nullable NativeHistogram histogram) {
        Chunks chunks = room.chunks();
        return !chunks.isClosed(chunk)
                && chunks.count(chunk) < room.chunkSamples()
                && chunks.hasNumbers(chunk) == (histogram == null)
                && (histogram == null || chunks.heapBytes(chunk) < HISTOGRAM_CHUNK_BYTES);
    }

    private void appendBehind(long time, long bits, @Nullable NativeHistogram histogram, Tally tally) {
        ChunkWriter writer = tally.writer;
        if (last != Chunks.NONE && takes(last, histogram)) {
            tally.stored(time, histogram == null ? writer.add(last, time, bits) : writer.add(last, time, histogram));
            return;
        }
        int fresh = histogram == null ? writer.begin(time, bits) : writer.begin(time, histogram);
        int more = room.chunks().heapBytes(fresh)
                + (last == Chunks.NONE ? 0 : room.chunks().close(last));
        push(fresh);
        tally.stored(time, more);
    }

    private void push(int chunk) {
        if (last == Chunks.NONE) {
            first = chunk;
        } else {
            room.chunks().next(last, chunk);
        }
        last = chunk;
    }

    private Outcome insert(long time, long bits, @Nullable NativeHistogram histogram, long notBefore, Tally tally) {
        Chunks chunks = room.chunks();
        int before = Chunks.NONE;
        int target = first;
        for (int next = chunks.next(first);
                next != Chunks.NONE && chunks.start(next) <= time;
                next = chunks.next(next)) {
            before = target;
            target = next;
        }
        SampleBuffer samples = tally.samplesOfChunk;
        samples.clear();
        chunks.copy(target).decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
        int place = Arrays.binarySearch(samples.timestamps(), 0, samples.size(), time);
        if (place >= 0) {
            return isSame(samples, place, bits, histogram) ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        if (time < notBefore) {
            return Outcome.TOO_OLD;
        }
        int most = chunks.isClosed(target) ? 2 * room.chunkSamples() : room.chunkSamples();
        Runs runs = Runs.with(samples, -place - 1, time, bits, histogram, most, chunks, tally.writer);
        tally.stored(time, replace(before, target, runs));
        samples.clear();
        if (cutting) {
            room.late(this, time, bits, histogram);
        }
        return Outcome.STORED;
    }

    private static boolean isSame(SampleBuffer samples, int place, long bits, @Nullable NativeHistogram histogram) {
        Optional<NativeHistogram> there = samples.histogram(place);
        return histogram == null
                ? there.isEmpty() && Double.doubleToRawLongBits(samples.value(place)) == bits
                : there.isPresent() && HistogramCodec.identical(there.get(), histogram);
    }

    /** Puts chunks, one at least, in the place of one. @return by how much the heap they take grew */
    private int replace(int before, int target, Runs with) {
        Chunks chunks = room.chunks();
        int more = with.heapBytes() - chunks.heapBytes(target);
        if (chunks.isClosed(target)) {
            more += chunks.close(with.last());
        }
        chunks.next(with.last(), chunks.next(target));
        if (before == Chunks.NONE) {
            first = with.first();
        } else {
            chunks.next(before, with.first());
        }
        if (target == last) {
            last = with.last();
        }
        chunks.free(target);
        return more;
    }

    /**
     * Forgets chunks that end before a time.
     *
     * @param within also the older samples of the chunk that reaches beyond it
     */
    synchronized void dropBefore(long floor, boolean within, Tally tally) {
        Chunks chunks = room.chunks();
        while (first != Chunks.NONE && chunks.end(first) < floor) {
            forgetFirst(tally);
        }
        if (within && first != Chunks.NONE && chunks.start(first) < floor) {
            SampleBuffer left = tally.samplesOfChunk;
            left.clear();
            chunks.copy(first).decode(floor, Long.MAX_VALUE, left);
            tally.samples += left.size() - chunks.count(first);
            tally.bytes += replace(Chunks.NONE, first, Runs.of(left, room.chunkSamples(), chunks, tally.writer));
            left.clear();
        }
    }

    private void forgetFirst(Tally tally) {
        Chunks chunks = room.chunks();
        int chunk = first;
        tally.samples -= chunks.count(chunk);
        tally.bytes -= chunks.heapBytes(chunk);
        first = chunks.next(chunk);
        if (first == Chunks.NONE) {
            last = Chunks.NONE;
        }
        chunks.free(chunk);
    }

    /** Takes out all from one time to another, both included. */
    synchronized void delete(long from, long to, Tally tally) {
        if (!hasSamples(from, to)) {
            return;
        }
        var left = new SampleBuffer();
        for (Chunk chunk : chunks()) {
            if (from > Long.MIN_VALUE) {
                chunk.decode(Long.MIN_VALUE, from - 1, left);
            }
            if (to < Long.MAX_VALUE) {
                chunk.decode(to + 1, Long.MAX_VALUE, left);
            }
        }
        while (first != Chunks.NONE) {
            forgetFirst(tally);
        }
        Runs runs = Runs.of(left, room.chunkSamples(), room.chunks(), tally.writer);
        first = runs.first();
        last = runs.last();
        tally.samples += left.size();
        tally.bytes += runs.heapBytes();
    }

    /**
     * Wants what comes late from now on to be told, as far as there is something below a time.
     *
     * @return the last time of what is there and below, or {@link Long#MIN_VALUE}
     */
    synchronized long beginCut(long below) {
        if (first == Chunks.NONE || room.chunks().start(first) >= below) {
            return Long.MIN_VALUE;
        }
        cutting = true;
        return Math.min(below - 1, room.chunks().end(last));
    }

    /** Takes out all up to the time that a cut of it went to, but for what came late since. */
    synchronized void endCut(Cut cut, long end, Tally tally) {
        cutting = false;
        dropBefore(end + 1, true, tally);
        SampleBuffer late = cut.takeLate(this);
        for (int i = 0; late != null && i < late.size(); i++) {
            append(late, i, tally);
        }
    }

    private void append(SampleBuffer from, int index, Tally tally) {
        append(
                from.timestamp(index),
                Double.doubleToRawLongBits(from.value(index)),
                from.histogram(index).orElse(null),
                Long.MIN_VALUE,
                tally);
    }

    /** Stays as it is, though a cut began. */
    synchronized void leaveCut() {
        cutting = false;
    }

    /** Lets nothing more in if it has no samples. @return whether that is so */
    synchronized boolean retire() {
        gone |= first == Chunks.NONE;
        return gone;
    }

    /**
     * Whether there may be a sample from one time to another, both included; wrongly so only where a chunk's samples lie around
     * that time but not in it. Nothing is decoded.
     */
    public synchronized boolean mayHaveSamples(long from, long to) {
        int chunk = firstEndingFrom(from);
        return chunk != Chunks.NONE && room.chunks().start(chunk) <= to;
    }

    private int firstEndingFrom(long time) {
        Chunks chunks = room.chunks();
        if (last != Chunks.NONE && chunks.start(last) <= time) {
            // The newest are asked for most of all, and stand at the end of the chain.
            return chunks.end(last) < time ? Chunks.NONE : last;
        }
        int chunk = first;
        while (chunk != Chunks.NONE && chunks.end(chunk) < time) {
            chunk = chunks.next(chunk);
        }
        return chunk;
    }

    /** Whether there is a sample from one time to another, both included. */
    public boolean hasSamples(long from, long to) {
        Chunk around;
        synchronized (this) {
            Chunks chunks = room.chunks();
            int chunk = firstEndingFrom(from);
            if (chunk == Chunks.NONE || chunks.start(chunk) > to) {
                return false;
            }
            if (chunks.start(chunk) >= from || chunks.end(chunk) <= to) {
                return true;
            }
            around = chunks.copy(chunk);
        }
        var samples = new SampleBuffer();
        around.decode(from, to, samples);
        return samples.size() > 0;
    }

    /** Adds the samples from one time to another, both included, to a buffer. */
    public void read(long from, long to, SampleBuffer into) {
        for (Chunk chunk : chunks(from, to)) {
            chunk.decode(from, to, into);
        }
    }

    /** As {@link #read}, or only the newest of these where that can be had without decoding. */
    public void readNewest(long from, long to, SampleBuffer into) {
        synchronized (this) {
            Chunks chunks = room.chunks();
            if (last != Chunks.NONE && chunks.hasNumbers(last) && !chunks.isClosed(last)) {
                long end = chunks.end(last);
                if (end >= from && end <= to) {
                    into.add(end, Double.longBitsToDouble(chunks.lastBits(last)));
                    return;
                }
            }
        }
        read(from, to, into);
    }

    /** The newest sample that is not newer than a time, or nothing. */
    public @Nullable Sample newest(long notAfter) {
        Chunk latest;
        synchronized (this) {
            Chunks chunks = room.chunks();
            if (last != Chunks.NONE && chunks.end(last) <= notAfter && !chunks.isClosed(last)) {
                NativeHistogram histogram = chunks.lastHistogram(last);
                return histogram == null
                        ? new Sample(labels, chunks.end(last), Double.longBitsToDouble(chunks.lastBits(last)))
                        : new Sample(labels, chunks.end(last), histogram);
            }
            int before = Chunks.NONE;
            for (int chunk = first; chunk != Chunks.NONE && chunks.start(chunk) <= notAfter; ) {
                before = chunk;
                chunk = chunks.next(chunk);
            }
            if (before == Chunks.NONE) {
                return null;
            }
            latest = chunks.copy(before);
        }
        var samples = new SampleBuffer();
        latest.decode(Long.MIN_VALUE, notAfter, samples);
        int end = samples.size() - 1;
        return new Sample(labels, samples.timestamp(end), samples.value(end), samples.histogram(end));
    }

    /** The time of the oldest sample, or {@link Long#MAX_VALUE}. */
    public synchronized long oldest() {
        return first == Chunks.NONE ? Long.MAX_VALUE : room.chunks().start(first);
    }

    /** The time of the newest sample, or {@link Long#MIN_VALUE}. */
    public synchronized long newestTime() {
        return last == Chunks.NONE ? Long.MIN_VALUE : room.chunks().end(last);
    }

    /** All chunks there are now, oldest first. */
    public Chunk[] chunks() {
        return chunks(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private synchronized Chunk[] chunks(long from, long to) {
        Chunks chunks = room.chunks();
        int begin = firstEndingFrom(from);
        int count = 0;
        for (int chunk = begin; chunk != Chunks.NONE && chunks.start(chunk) <= to; chunk = chunks.next(chunk)) {
            count++;
        }
        var copies = new Chunk[count];
        int chunk = begin;
        for (int i = 0; i < count; i++) {
            copies[i] = chunks.copy(chunk);
            chunk = chunks.next(chunk);
        }
        return copies;
    }

    /** How many chunks there are now. */
    public synchronized int chunkCount() {
        int count = 0;
        for (int chunk = first; chunk != Chunks.NONE; chunk = room.chunks().next(chunk)) {
            count++;
        }
        return count;
    }

    /** Takes chunks over that {@link #chunks()} once gave. */
    public synchronized void restore(Chunk[] before, Tally tally) {
        if (isEmpty()) {
            for (Chunk chunk : before) {
                push(tally.writer.restore(chunk));
                tally.stored(chunk.end(), chunk.count(), room.chunks().heapBytes(last));
            }
            return;
        }
        var samples = new SampleBuffer();
        for (Chunk chunk : before) {
            chunk.decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
        }
        for (int i = 0; i < samples.size(); i++) {
            append(samples, i, tally);
        }
    }

    /** Whether there are native histograms in memory. */
    public synchronized boolean hasHistograms() {
        int chunk = first;
        while (chunk != Chunks.NONE && room.chunks().hasNumbers(chunk)) {
            chunk = room.chunks().next(chunk);
        }
        return chunk != Chunks.NONE;
    }

    /** Whether it has no samples in memory. */
    public synchronized boolean isEmpty() {
        return first == Chunks.NONE;
    }

    /** The heap its samples take. */
    synchronized int heapBytes() {
        int bytes = 0;
        for (int chunk = first; chunk != Chunks.NONE; chunk = room.chunks().next(chunk)) {
            bytes += room.chunks().heapBytes(chunk);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
