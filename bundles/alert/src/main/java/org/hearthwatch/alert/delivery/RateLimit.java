package org.hearthwatch.alert.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many messages within any span of a length. Not thread-safe. */
final class RateLimit {

    private final Limit limit;
    private final Deque<Instant> sent = new ArrayDeque<>();

    /**
     * The limit.
     *
     * @param messages 0 for no limit
     */
    record Limit(int messages, Duration span) {

        static final Limit NONE = new Limit(0, Duration.ZERO);
    }

    RateLimit(Limit limit) {
        this.limit = limit;
    }

    /** How long the next message has to wait. */
    Duration wait(Instant now) {
        if (limit.messages() == 0) {
            return Duration.ZERO;
        }
        while (!sent.isEmpty() && !sent.peekFirst().plus(limit.span()).isAfter(now)) {
            sent.removeFirst();
        }
        return sent.size() < limit.messages()
                ? Duration.ZERO
                : Duration.between(now, sent.getFirst().plus(limit.span()));
    }

    void sent(Instant now) {
        if (limit.messages() > 0) {
            sent.addLast(now);
        }
    }
}
