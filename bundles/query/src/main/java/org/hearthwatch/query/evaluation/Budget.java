package org.hearthwatch.query.evaluation;

import java.util.function.LongSupplier;
import org.hearthwatch.api.query.QueryException;

/**
 * What one query may use up: time, samples held at once, and a share of the memory that all queries have together.
 * Checked often enough that no query outlives its limits by much. Thread-safe, so that the
 * threads that work for one query count together.
 */
public final class Budget implements AutoCloseable {

    /** Work between two looks at the clock, in samples or cells; well below a millisecond. */
    private static final long CHECK_EVERY = 1 << 17;

    private static final int CELL_BYTES = Double.BYTES;

    private final LongSupplier nanoTime;
    private final long deadline;
    private final long maxHeld;
    private final Arena arena;
    private long held;
    private long kept;
    private long aside;
    private long peak;
    private long reserved;
    private long read;
    private long work;
    private volatile boolean canceled;

    /**
     * A budget that begins now.
     *
     * @param nanoTime a clock that only goes forward, in nanoseconds
     * @param nanos how long the query may take
     * @param maxHeld how many samples it may hold at once
     */
    public Budget(LongSupplier nanoTime, long nanos, long maxHeld, Arena arena) {
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + nanos;
        this.maxHeld = maxHeld;
        this.arena = arena;
    }

    /** Throws if the time is over or the thread was asked to stop. */
    synchronized void check() {
        work = 0;
        if (canceled || Thread.currentThread().isInterrupted()) {
            throw new EvaluationException(QueryException.Kind.CANCELED, "query was canceled in expression evaluation");
        }
        if (nanoTime.getAsLong() - deadline > 0) {
            throw new EvaluationException(QueryException.Kind.TIMEOUT, "query timed out in expression evaluation");
        }
    }

    /** Counts work done, and checks from time to time. */
    synchronized void worked(long amount) {
        work += amount;
        if (work >= CHECK_EVERY) {
            check();
        }
    }

    /** Counts samples taken out of the store. */
    synchronized void read(int samples) {
        read += samples;
        worked(samples);
    }

    /** A new column, counted as held until {@link #settle}. */
    synchronized double[] column(int size) {
        hold(size);
        worked(size);
        return new double[size];
    }

    /** Counts cells as held. */
    synchronized void hold(long cells) {
        held += cells;
        peak = Math.max(peak, held);
        if (held > maxHeld) {
            throw new EvaluationException(
                    "query processing would load too many samples into memory in query execution");
        }
        reserve();
    }

    /** Counts memory that is no samples, in cells, until the query is over. */
    synchronized void holdAside(long cells) {
        aside += cells;
        reserve();
    }

    /** Counts a text that was made, in characters, until the query is over. */
    synchronized void holdText(long characters) {
        // Most take one byte a character, those with rare ones two.
        holdAside(2 * characters / CELL_BYTES + 1);
        worked(characters);
    }

    private void reserve() {
        long bytes = (held + aside) * CELL_BYTES;
        if (bytes > reserved) {
            long more = Math.max(bytes - reserved, Arena.GRAIN);
            if (!arena.reserve(more)) {
                throw new EvaluationException("query needs more memory than is left for queries (maxMemory of "
                        + "etc/org.hearthwatch.query.cfg); ask for fewer series or a shorter time, or try again later");
            }
            reserved += more;
        }
    }

    /** What is held, but for what is kept. */
    synchronized long held() {
        return held - kept;
    }

    /** Counts cells as held, beyond any {@link #settle}, until a negative number takes them back. */
    synchronized void keep(long cells) {
        kept += cells;
        hold(cells);
    }

    /** Counts cells as no longer held. */
    synchronized void release(long cells) {
        held -= cells;
    }

    /** Lets every thread that works for the query stop at its next look. */
    void cancel() {
        canceled = true;
    }

    /** Says what is held, beside what is kept, now that a part of the evaluation is over and its intermediate columns are garbage. */
    synchronized void settle(long cells) {
        held = cells + kept;
    }

    /** The most samples held at a time. */
    public synchronized long peak() {
        return peak;
    }

    public synchronized long samplesRead() {
        return read;
    }

    /** Gives the memory back; the columns must not be used any more. */
    @Override
    public synchronized void close() {
        arena.release(reserved);
        reserved = 0;
    }
}
