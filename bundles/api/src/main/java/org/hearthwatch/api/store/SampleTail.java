package org.hearthwatch.api.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.MetricMetadata;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Follows what is stored, for those who send it on: every sample that is durable, once, in the order it came. A follower's
 * place survives restarts, and the log is kept for it until it has moved on, up to the store's limit for that.
 */
@ProviderType
public interface SampleTail {

    /**
     * Opens or resumes a follower; a new one begins with what comes from now on.
     *
     * @param name of {@code [a-z0-9.-]}, up to 64 characters
     * @throws IllegalArgumentException if the name is not allowed
     * @throws IllegalStateException if a cursor of that name is open
     */
    Cursor open(String name) throws IOException;

    /** Forgets a follower for good; nothing happens where there is none. */
    void forget(String name) throws IOException;

    /** A follower's place. For one thread, but for {@link #lag()}. */
    interface Cursor extends AutoCloseable {

        /**
         * The next samples, which stay due until they are acknowledged: after a restart they come again.
         *
         * @param most how many samples at most
         * @param wait how long to wait when there are none
         * @return empty when there were none for so long
         * @throws IOException if what should come next cannot be read; what was lost is told in the message, and the next
         *     call goes on behind it
         */
        Optional<Slice> poll(int most, Duration wait) throws IOException, InterruptedException;

        /** Marks a slice and all before it as done; durable within seconds, at the latest when the cursor closes. */
        void acknowledge(Slice slice) throws IOException;

        Lag lag();

        /** Keeps the follower's place for next time. */
        @Override
        void close() throws IOException;
    }

    /**
     * A run of samples.
     *
     * @param batch its source is the follower's name; metadata of the families in it may be in {@code metadata}
     * @param lostBefore how many milliseconds of samples were dropped before this one because the follower was too far
     *     behind; 0 when none were
     */
    record Slice(SampleBatch batch, List<MetricMetadata> metadata, long lostBefore, Position end) {}

    /** A place in the log; opaque but for order. */
    record Position(long segment, long offset, int record) {}

    /**
     * How far a follower is behind.
     *
     * @param bytes of log not yet acknowledged
     * @param oldest the time in milliseconds of the oldest sample not yet acknowledged, or {@link Long#MAX_VALUE}
     */
    record Lag(long bytes, long oldest) {}
}
