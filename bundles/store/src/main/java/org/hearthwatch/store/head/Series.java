package org.hearthwatch.store.head;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.Chunk;
import org.hearthwatch.store.chunk.ChunkBuilder;
import org.hearthwatch.store.chunk.HistogramChunk;
import org.hearthwatch.store.chunk.HistogramChunkBuilder;
import org.hearthwatch.store.chunk.HistogramCodec;
import org.hearthwatch.store.chunk.ValueChunkBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One series and its samples in memory: chunks in growing time that do not overlap, each of numbers or of histograms,
 * and behind them the one still being filled. A sample that comes late is put into the chunk its time falls in, which
 * is compressed anew and halved when it gets too large, so that late samples cost the same whatever their order.
 *
 * <p>Thread-safe. Its own monitor is held while a sample is put in, and by a reader only while it takes references,
 * never while it decodes: chunks are immutable, and of the one being filled a reader looks only at the samples that were
 * there when it looked. There may be very many series, so there is no field that can be done without.
 */
public final class Series {

    private static final Chunk[] NONE = {};
    private static final int HISTOGRAM_CHUNK_BYTES = 16 << 10;

    private final int ref;
    private final Labels labels;
    private Chunk[] closed = NONE;
    private @Nullable ChunkBuilder open;
    private final byte chunkSamples;
    private boolean gone;

    /** Read without the monitor by those who count. */
    private byte source;

    /** Somebody relies on the array of chunks staying as it is. */
    private boolean shared;

    /**
     * A series without samples.
     *
     * @param ref its number in catalogue and log
     * @param chunkSamples at how many samples a chunk is closed, up to 127
     */
    public Series(int ref, Labels labels, int chunkSamples) {
        this.ref = ref;
        this.labels = labels;
        this.chunkSamples = (byte) chunkSamples;
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
            int done = open instanceof ValueChunkBuilder values
                    ? behind(values, times, bits, i, to, tally)
                    : known(times, i, to, tally.samplesOfChunk);
            i += done;
            if (done == 0) {
                append(times[i], bits[i], null, Long.MIN_VALUE, tally);
                i++;
            }
        }
    }

    /** Adds those numbers at the front that come next and fit into a chunk. @return how many */
    private int behind(ValueChunkBuilder values, long[] times, long[] bits, int from, int to, Tally tally) {
        int before = values.heapBytes();
        int i = from;
        while (i < to && times[i] > values.lastTime() && values.count() < chunkSamples) {
            values.add(times[i], bits[i]);
            i++;
        }
        if (i > from) {
            tally.stored(values.lastTime(), i - from, values.heapBytes() - before);
        }
        return i - from;
    }

    /** Passes over those at the front that are there already, as far as one chunk reaches. @return how many */
    private int known(long[] times, int from, int to, SampleBuffer samples) {
        int target = lastNotAfter(closed, times[from]);
        if (target < 0 || times[from] > closed[target].end()) {
            return 0;
        }
        samples.clear();
        closed[target].decode(times[from], Long.MAX_VALUE, samples);
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
        var builder = open;
        if (builder != null && time > builder.lastTime()) {
            if (time < notBefore) {
                return Outcome.TOO_OLD;
            }
            appendBehind(builder, time, bits, histogram, tally);
            return Outcome.STORED;
        }
        if (builder == null && (closed.length == 0 || time > closed[closed.length - 1].end())) {
            if (time < notBefore) {
                return Outcome.TOO_OLD;
            }
            begin(time, bits, histogram, tally, 0);
            return Outcome.STORED;
        }
        if (builder instanceof ValueChunkBuilder values && time == builder.lastTime()) {
            return histogram == null && values.lastBits() == bits ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        return insert(time, bits, histogram, notBefore, tally);
    }

    private void appendBehind(
            ChunkBuilder builder, long time, long bits, @Nullable NativeHistogram histogram, Tally tally) {
        int before = builder.heapBytes();
        if (builder.count() < chunkSamples) {
            if (builder instanceof ValueChunkBuilder values && histogram == null) {
                values.add(time, bits);
                tally.stored(time, values.heapBytes() - before);
                return;
            }
            if (builder instanceof HistogramChunkBuilder histograms
                    && histogram != null
                    && before < HISTOGRAM_CHUNK_BYTES) {
                histograms.add(time, histogram, tally.scratch);
                tally.stored(time, histograms.heapBytes() - before);
                return;
            }
        }
        Chunk sealed = builder.seal();
        close(sealed);
        begin(time, bits, histogram, tally, sealed.heapBytes() - before);
    }

    private void begin(long time, long bits, @Nullable NativeHistogram histogram, Tally tally, int moreBytes) {
        var fresh = histogram == null
                ? new ValueChunkBuilder(time, bits)
                : new HistogramChunkBuilder(time, histogram, tally.scratch);
        open = fresh;
        tally.stored(time, moreBytes + fresh.heapBytes());
    }

    private void close(Chunk chunk) {
        var chunks = Arrays.copyOf(closed, closed.length + 1);
        chunks[closed.length] = chunk;
        closed = chunks;
        shared = false;
    }

    private Outcome insert(long time, long bits, @Nullable NativeHistogram histogram, long notBefore, Tally tally) {
        var builder = open;
        boolean inOpen = builder != null && (closed.length == 0 || time >= builder.start());
        int target = inOpen ? -1 : Math.max(0, lastNotAfter(closed, time));
        Chunk chunk = inOpen && builder != null ? builder.view() : closed[target];
        SampleBuffer samples = tally.samplesOfChunk;
        samples.clear();
        chunk.decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
        int place = Arrays.binarySearch(samples.timestamps(), 0, samples.size(), time);
        if (place >= 0) {
            return isSame(samples, place, bits, histogram) ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        if (time < notBefore) {
            return Outcome.TOO_OLD;
        }
        int before = inOpen && builder != null ? builder.heapBytes() : chunk.heapBytes();
        int most = inOpen ? chunkSamples : 2 * chunkSamples;
        List<ChunkBuilder> runs = Runs.with(samples, -place - 1, time, bits, histogram, most, tally.scratch);
        int after = inOpen ? replaceOpen(runs) : replaceClosed(target, runs);
        samples.clear();
        tally.stored(time, after - before);
        return Outcome.STORED;
    }

    private static boolean isSame(SampleBuffer samples, int place, long bits, @Nullable NativeHistogram histogram) {
        Optional<NativeHistogram> there = samples.histogram(place);
        return histogram == null
                ? there.isEmpty() && Double.doubleToRawLongBits(samples.value(place)) == bits
                : there.isPresent() && HistogramCodec.identical(there.get(), histogram);
    }

    private int replaceOpen(List<ChunkBuilder> runs) {
        int bytes = 0;
        int last = runs.size() - 1;
        for (ChunkBuilder run : runs.subList(0, last)) {
            Chunk sealed = run.seal();
            bytes += sealed.heapBytes();
            close(sealed);
        }
        open = runs.get(last);
        return bytes + runs.get(last).heapBytes();
    }

    private int replaceClosed(int target, List<ChunkBuilder> runs) {
        int more = runs.size() - 1;
        Chunk[] chunks = closed;
        if (more > 0 || shared) {
            chunks = Arrays.copyOf(closed, closed.length + more);
            System.arraycopy(closed, target + 1, chunks, target + 1 + more, closed.length - target - 1);
            shared = false;
        }
        int bytes = 0;
        for (int i = 0; i <= more; i++) {
            // A reader may be going through this array: it meets the chunk as it was or with one sample more.
            chunks[target + i] = runs.get(i).seal();
            bytes += chunks[target + i].heapBytes();
        }
        closed = chunks;
        return bytes;
    }

    /** The last of some chunks that does not begin after a time, or -1. */
    static int lastNotAfter(Chunk[] chunks, long time) {
        int low = 0;
        int high = chunks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (chunks[middle].start() <= time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /**
     * Forgets chunks that end before a time.
     *
     * @param within also the older samples of the chunks that reach beyond it
     */
    synchronized void dropBefore(long floor, boolean within, Tally tally) {
        int whole = 0;
        while (whole < closed.length && closed[whole].end() < floor) {
            forget(closed[whole++], tally);
        }
        closed = whole == 0 ? closed : without(whole);
        shared &= whole == 0;
        var builder = open;
        if (builder != null && builder.lastTime() < floor) {
            tally.samples -= builder.count();
            tally.bytes -= builder.heapBytes();
            open = null;
        }
        if (within) {
            replaceBefore(floor, Optional.empty(), tally);
        }
    }

    private Chunk[] without(int first) {
        return first == closed.length ? NONE : Arrays.copyOfRange(closed, first, closed.length);
    }

    private static void forget(Chunk chunk, Tally tally) {
        tally.samples -= chunk.count();
        tally.bytes -= chunk.heapBytes();
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
        for (Chunk chunk : closed) {
            forget(chunk, tally);
        }
        if (open != null) {
            tally.samples -= open.count();
            tally.bytes -= open.heapBytes();
        }
        closed = NONE;
        shared = false;
        open = null;
        List<ChunkBuilder> runs = Runs.of(left, chunkSamples, tally.scratch);
        tally.samples += left.size();
        tally.bytes += runs.isEmpty() ? 0 : replaceOpen(runs);
    }

    /** What there is below a time, or nothing. */
    synchronized Optional<Cut> cut(long below) {
        boolean some = closed.length > 0 && closed[0].start() < below;
        var builder = open != null && open.start() < below ? open : null;
        if (!some && builder == null) {
            return Optional.empty();
        }
        shared |= some;
        return Optional.of(new Cut(below, some ? closed : NONE, builder, builder == null ? null : builder.view()));
    }

    /** Takes out what a cut holds, and leaves what came after it. */
    synchronized void drop(Cut cut, Tally tally) {
        replaceBefore(cut.below(), Optional.of(cut), tally);
    }

    /** Takes out what is older than a time and in the cut, where there is one. */
    private void replaceBefore(long time, Optional<Cut> cut, Tally tally) {
        int old = 0;
        SampleBuffer left = tally.samplesOfChunk;
        left.clear();
        SampleBuffer taken = null;
        var all = new SampleBuffer();
        for (; old < closed.length && closed[old].start() < time; old++) {
            Chunk chunk = closed[old];
            forget(chunk, tally);
            if (cut.isEmpty() || cut.get().has(chunk)) {
                chunk.decode(time, Long.MAX_VALUE, left);
            } else {
                taken = taken == null ? samplesOf(cut.get()) : taken;
                all.clear();
                chunk.decode(Long.MIN_VALUE, Long.MAX_VALUE, all);
                addOthers(all, 0, time, taken, left);
            }
        }
        if (old > 0) {
            List<ChunkBuilder> runs = Runs.of(left, chunkSamples, tally.scratch);
            var chunks = new Chunk[runs.size() + closed.length - old];
            for (int i = 0; i < runs.size(); i++) {
                chunks[i] = runs.get(i).seal();
                tally.samples += chunks[i].count();
                tally.bytes += chunks[i].heapBytes();
            }
            System.arraycopy(closed, old, chunks, runs.size(), closed.length - old);
            closed = chunks.length == 0 ? NONE : chunks;
            shared = false;
            left.clear();
        }
        var builder = open;
        if (builder != null && builder.start() < time) {
            int known = cut.map(those -> those.countOf(builder)).orElse(builder.count());
            all.clear();
            builder.view().decode(Long.MIN_VALUE, Long.MAX_VALUE, all);
            if (known == 0 && cut.isPresent()) {
                taken = taken == null ? samplesOf(cut.get()) : taken;
            }
            addOthers(all, known, time, taken == null ? new SampleBuffer() : taken, left);
            tally.samples += left.size() - builder.count();
            tally.bytes -= builder.heapBytes();
            List<ChunkBuilder> runs = Runs.of(left, chunkSamples, tally.scratch);
            open = null;
            tally.bytes += runs.isEmpty() ? 0 : replaceOpen(runs);
            left.clear();
        }
    }

    private static SampleBuffer samplesOf(Cut cut) {
        var samples = new SampleBuffer();
        cut.read(samples);
        return samples;
    }

    /** Adds those samples that are new enough, or stand behind the first so many and are not among those taken. */
    private static void addOthers(SampleBuffer all, int known, long time, SampleBuffer taken, SampleBuffer into) {
        for (int i = 0; i < all.size(); i++) {
            long at = all.timestamp(i);
            boolean other = i >= known && Arrays.binarySearch(taken.timestamps(), 0, taken.size(), at) < 0;
            if (at >= time || other) {
                var histogram = all.histogram(i);
                if (histogram.isPresent()) {
                    into.add(at, histogram.get());
                } else {
                    into.add(at, all.value(i));
                }
            }
        }
    }

    /** Lets nothing more in if it has no samples. @return whether that is so */
    synchronized boolean retire() {
        gone |= open == null && closed.length == 0;
        return gone;
    }

    /**
     * Whether there may be a sample from one time to another, both included; wrongly so only where a chunk's samples lie around
     * that time but not in it. Nothing is decoded.
     */
    public boolean mayHaveSamples(long from, long to) {
        for (Chunk chunk : chunks()) {
            if (chunk.start() > to) {
                return false;
            }
            if (chunk.end() >= from) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a sample from one time to another, both included. */
    public boolean hasSamples(long from, long to) {
        SampleBuffer samples = null;
        for (Chunk chunk : chunks()) {
            if (chunk.start() > to) {
                return false;
            }
            if (chunk.end() < from) {
                continue;
            }
            if (chunk.start() >= from || chunk.end() <= to) {
                return true;
            }
            samples = samples == null ? new SampleBuffer() : samples;
            chunk.decode(from, to, samples);
            if (samples.size() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds the samples from one time to another, both included, to a buffer. */
    public void read(long from, long to, SampleBuffer into) {
        for (Chunk chunk : chunks()) {
            if (chunk.start() > to) {
                return;
            }
            if (chunk.end() >= from) {
                chunk.decode(from, to, into);
            }
        }
    }

    /** The newest sample that is not newer than a time, or nothing. */
    public @Nullable Sample newest(long notAfter) {
        synchronized (this) {
            var builder = open;
            if (builder != null && builder.lastTime() <= notAfter) {
                return builder instanceof ValueChunkBuilder values
                        ? new Sample(labels, values.lastTime(), Double.longBitsToDouble(values.lastBits()))
                        : new Sample(labels, builder.lastTime(), ((HistogramChunkBuilder) builder).last());
            }
        }
        Chunk[] chunks = chunks();
        for (int i = chunks.length - 1; i >= 0; i--) {
            if (chunks[i].start() <= notAfter) {
                var samples = new SampleBuffer();
                chunks[i].decode(Long.MIN_VALUE, notAfter, samples);
                int last = samples.size() - 1;
                return new Sample(labels, samples.timestamp(last), samples.value(last), samples.histogram(last));
            }
        }
        return null;
    }

    /** The time of the oldest sample, or {@link Long#MAX_VALUE}. */
    public synchronized long oldest() {
        if (closed.length > 0) {
            return closed[0].start();
        }
        return open == null ? Long.MAX_VALUE : open.start();
    }

    /** The time of the newest sample, or {@link Long#MIN_VALUE}. */
    public synchronized long newestTime() {
        if (open != null) {
            return open.lastTime();
        }
        return closed.length == 0 ? Long.MIN_VALUE : closed[closed.length - 1].end();
    }

    /** All chunks there are now, oldest first. */
    public synchronized Chunk[] chunks() {
        var builder = open;
        if (builder == null) {
            return closed;
        }
        var all = Arrays.copyOf(closed, closed.length + 1);
        all[closed.length] = builder.view();
        return all;
    }

    /** All chunks there are now, oldest first, that being filled in as few bytes as it needs. */
    public synchronized Chunk[] sealed() {
        if (open == null) {
            return closed;
        }
        var all = Arrays.copyOf(closed, closed.length + 1);
        all[closed.length] = open.seal();
        return all;
    }

    /** Takes chunks over that {@link #sealed} once gave. */
    public synchronized void restore(Chunk[] chunks, Tally tally) {
        if (isEmpty()) {
            closed = chunks;
            for (Chunk chunk : chunks) {
                tally.samples += chunk.count();
                tally.bytes += chunk.heapBytes();
                tally.newest = Math.max(tally.newest, chunk.end());
            }
            return;
        }
        var samples = new SampleBuffer();
        for (Chunk chunk : chunks) {
            chunk.decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
        }
        for (int i = 0; i < samples.size(); i++) {
            append(
                    samples.timestamp(i),
                    Double.doubleToRawLongBits(samples.value(i)),
                    samples.histogram(i).orElse(null),
                    Long.MIN_VALUE,
                    tally);
        }
    }

    /** Whether there are native histograms in memory. */
    public synchronized boolean hasHistograms() {
        if (open instanceof HistogramChunkBuilder) {
            return true;
        }
        for (Chunk chunk : closed) {
            if (chunk instanceof HistogramChunk) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has no samples in memory. */
    public synchronized boolean isEmpty() {
        return open == null && closed.length == 0;
    }

    /** The heap the chunk being filled takes, or zero. */
    synchronized int openBytes() {
        return open == null ? 0 : open.heapBytes();
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
