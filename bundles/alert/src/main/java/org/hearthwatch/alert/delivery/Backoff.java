package org.hearthwatch.alert.delivery;

import java.time.Duration;
import java.util.Optional;

/** How long to leave a channel alone after a failure: half a second at first, twice as long each time, at most five minutes. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
    private static final int STEPS = 10;

    private Backoff() {}

    /**
     * The time before the next try.
     *
     * @param tries how many have failed
     * @param asked what the other side asked for
     */
    static Duration after(int tries, Optional<Duration> asked) {
        Duration own = FIRST.multipliedBy(1L << Math.min(Math.max(0, tries - 1), STEPS));
        Duration bounded = own.compareTo(LONGEST) > 0 ? LONGEST : own;
        Duration wanted = asked.orElse(Duration.ZERO);
        Duration heeded = wanted.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : wanted;
        return heeded.compareTo(bounded) > 0 ? heeded : bounded;
    }
}
