package org.hearthwatch.store.log;

import java.util.List;

/**
 * What of the log is durable, file by file in order, for those who follow it while it grows. Thread-safe: one writes,
 * any number look and wait.
 */
public final class LogParts {

    private volatile List<Part> parts = List.of();
    private volatile long next = 1;
    private volatile boolean closed;

    /**
     * The durable part of a file.
     *
     * @param sequence the file's number
     * @param bytes how many of its bytes count, its header included; what stands behind is not durable, or stands again
     *     in a later file
     * @param ended whether no more will come
     * @param oldest the time of the oldest sample in it, or {@link Long#MAX_VALUE}
     */
    public record Part(long sequence, long bytes, boolean ended, long oldest) {

        /** The file's name. */
        public String name() {
            return Segment.nameOf(sequence);
        }
    }

    synchronized void publish(List<Part> now, long nextSequence) {
        parts = List.copyOf(now);
        next = nextSequence;
        notifyAll();
    }

    /** All files, oldest first. */
    public List<Part> all() {
        return parts;
    }

    /** The number of the file that will be begun next. */
    public long next() {
        return next;
    }

    /** No more will come: those who wait return. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    public boolean isClosed() {
        return closed;
    }

    /** Waits until there is something else than what was seen, for so many nanoseconds at most. */
    public synchronized void await(List<Part> seen, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long rest = nanos;
        while (parts == seen && !closed && rest > 0) {
            wait(rest / 1_000_000, (int) (rest % 1_000_000));
            rest = end - System.nanoTime();
        }
    }
}
