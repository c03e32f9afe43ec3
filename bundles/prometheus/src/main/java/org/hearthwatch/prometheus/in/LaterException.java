package org.hearthwatch.prometheus.in;

import java.time.Duration;

/** Nothing can be taken at the moment; the same request may succeed later. */
public final class LaterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final long seconds;

    /** @param status 429 if the sender is too fast, 503 if it is us */
    LaterException(int status, Duration after, String message) {
        super(message);
        this.status = status;
        this.seconds = Math.max(1, after.toSeconds());
    }

    public int status() {
        return status;
    }

    /** When to try again. */
    public long seconds() {
        return seconds;
    }
}
