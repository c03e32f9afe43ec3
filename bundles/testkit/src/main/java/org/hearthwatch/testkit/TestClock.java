package org.hearthwatch.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. Thread-safe. */
public final class TestClock implements InstantSource {

    /** Where {@link #atStart()} begins: a round moment that is no special one. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private volatile Instant now;

    private TestClock(Instant start) {
        this.now = start;
    }

    public static TestClock atStart() {
        return new TestClock(START);
    }

    public static TestClock at(Instant start) {
        return new TestClock(start);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves forward, or back with a negative amount, as real clocks do when they are set. */
    public synchronized TestClock advance(Duration amount) {
        now = now.plus(amount);
        return this;
    }
}
