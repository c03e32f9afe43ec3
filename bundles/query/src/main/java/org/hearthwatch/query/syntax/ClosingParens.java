package org.hearthwatch.query.syntax;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where calls and aggregations end, the way Prometheus's parser tells: it queues the closing parentheses as they are read,
 * and whatever is complete takes the first of them. Parentheses that nothing takes, such as those of {@code on ()} and
 * {@code start()}, put it out of step; since positions in messages come of it, so do we. Not thread-safe.
 */
final class ClosingParens {

    private final Deque<Integer> ends = new ArrayDeque<>();

    void read(Token paren) {
        ends.add(paren.end());
    }

    /** Takes the first. */
    int take() {
        return ends.isEmpty() ? 0 : ends.remove();
    }

    /** Skips the first, unless it is the only one. */
    void skip() {
        if (ends.size() > 1) {
            ends.remove();
        }
    }
}
