package org.hearthwatch.api.notify;

import java.time.Duration;
import java.util.Optional;

/** A notification was not taken. The message names the channel, what it answered and what to do, and holds no secret. */
public final class DeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final transient Optional<Duration> retryAfter;

    private DeliveryException(String message, boolean retryable, Optional<Duration> retryAfter) {
        super(message);
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** Another try may succeed: a time-out, a busy or broken server. */
    public static DeliveryException passing(String message, Throwable cause) {
        var exception = new DeliveryException(message, true, Optional.empty());
        exception.initCause(cause);
        return exception;
    }

    /** Another try may succeed, after the time the other side asked for. */
    public static DeliveryException passing(String message, Duration retryAfter) {
        return new DeliveryException(message, true, Optional.of(retryAfter));
    }

    /** Another try of the same would fail the same way: a wrong password, an unknown recipient. */
    public static DeliveryException lasting(String message) {
        return new DeliveryException(message, false, Optional.empty());
    }

    /** Whether another try of the same notification may succeed. */
    public boolean retryable() {
        return retryable;
    }

    /** How long the other side asked to be left alone. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
