package org.hearthwatch.notifier.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A token that is kept until shortly before it ends. Thread-safe. */
final class KeptToken {

    private static final Duration SHORTLY = Duration.ofSeconds(10);

    private final Giver giver;
    private final InstantSource clock;
    private Optional<Kept> kept = Optional.empty();

    /** Gives tokens. */
    @FunctionalInterface
    interface Giver {
        Token fresh(Duration timeout) throws IOException, InterruptedException;
    }

    /** @param lasts from now on */
    record Token(String value, Duration lasts) {}

    private record Kept(String value, Instant until) {}

    KeptToken(Giver giver, InstantSource clock) {
        this.giver = giver;
        this.clock = clock;
    }

    synchronized String get(Duration timeout) throws IOException, InterruptedException {
        Instant now = clock.instant();
        if (kept.isEmpty() || !now.isBefore(kept.get().until())) {
            Token token = giver.fresh(timeout);
            Duration lasts = token.lasts().isNegative() ? Duration.ZERO : token.lasts();
            kept = Optional.of(new Kept(token.value(), now.plus(lasts).minus(SHORTLY)));
        }
        return kept.get().value();
    }

    /** It is no longer taken. */
    synchronized void forget(String token) {
        kept = kept.filter(current -> !current.value().equals(token));
    }
}
