package org.hearthwatch.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthwatch.api.access.Refusal;

/** So many failures of one name in a while, from wherever they come; then none until the while is over. Thread-safe. */
final class Budget {

    private static final int MOST_NAMES = 10_000;

    private final InstantSource clock;
    private final int failures;
    private final Duration window;
    private final Map<String, Spent> spent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Spent> eldest) {
            return size() > MOST_NAMES;
        }
    };

    Budget(InstantSource clock, int failures, Duration window) {
        this.clock = clock;
        this.failures = failures;
        this.window = window;
    }

    /** @throws Refusal saying how long to wait, if nothing is left */
    synchronized void admit(String name) throws Refusal {
        Instant now = clock.instant();
        Spent so = spent.get(name);
        if (so != null && so.count() >= failures && so.isOf(now, window)) {
            Duration wait = Duration.between(now, so.began().plus(window)).plusSeconds(1);
            throw new Refusal(
                    Refusal.Kind.TOO_MANY_ATTEMPTS,
                    "Too many codes were wrong; try again in " + wait.toSeconds() + " s.",
                    wait);
        }
    }

    /** @return whether that was the last one */
    synchronized boolean failed(String name) {
        Instant now = clock.instant();
        Spent so = spent.get(name);
        Spent next = so != null && so.isOf(now, window) ? new Spent(so.count() + 1, so.began()) : new Spent(1, now);
        spent.put(name, next);
        return next.count() == failures;
    }

    synchronized void forget(String name) {
        spent.remove(name);
    }

    private record Spent(int count, Instant began) {
        /** Still in its window; a clock that was set back does not stretch it. */
        boolean isOf(Instant now, Duration window) {
            return !now.isBefore(began) && now.isBefore(began.plus(window));
        }
    }
}
