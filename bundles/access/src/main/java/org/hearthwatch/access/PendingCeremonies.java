package org.hearthwatch.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Challenges that wait for their answer: each counts once and not for long. Thread-safe. */
final class PendingCeremonies {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Of one asker; the oldest makes room, so that nobody's flood takes the challenges of others. */
    static final int MOST_OF_ONE = 20;

    static final int MOST = 2000;

    private final InstantSource clock;
    private final Map<String, Pending> pending = new HashMap<>();

    PendingCeremonies(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What waits.
     *
     * @param asker an address, or a user
     * @param user whose answer it must be; empty for anybody's
     * @param verify whether the device must have made sure of its owner
     */
    record Pending(String asker, Optional<String> user, String challenge, boolean verify, Instant began) {

        private boolean isOver(Instant now) {
            return now.isAfter(began.plus(LIFETIME)) || now.isBefore(began);
        }
    }

    synchronized void put(String key, Pending one) {
        Instant now = clock.instant();
        pending.values().removeIf(old -> old.isOver(now));
        makeRoom(old -> old.asker().equals(one.asker()), MOST_OF_ONE);
        makeRoom(old -> true, MOST);
        pending.put(key, one);
    }

    private void makeRoom(Predicate<Pending> which, int most) {
        if (pending.values().stream().filter(which).count() >= most) {
            pending.entrySet().stream()
                    .filter(entry -> which.test(entry.getValue()))
                    .min(Comparator.comparing(entry -> entry.getValue().began()))
                    .map(Map.Entry::getKey)
                    .ifPresent(pending::remove);
        }
    }

    /** Takes one out; it counts once, whatever becomes of its answer. */
    synchronized Optional<Pending> take(String key) {
        Instant now = clock.instant();
        return Optional.ofNullable(pending.remove(key)).filter(one -> !one.isOver(now));
    }
}
