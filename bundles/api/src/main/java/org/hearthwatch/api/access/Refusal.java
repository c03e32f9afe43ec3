package org.hearthwatch.api.access;

import java.time.Duration;
import java.util.Optional;

/** An attempt that was turned down; the message may be shown to whoever tried and gives nothing away. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    /** Why. */
    public enum Kind {
        /** Name, password, code or token is wrong. */
        WRONG_CREDENTIALS,
        /** So far all is right; a code of the second factor is missing. */
        CODE_NEEDED,
        /** So far all is right; a passkey is missing. */
        PASSKEY_NEEDED,
        /** Too many attempts; {@link Refusal#retryAfter()} says how long to wait. */
        TOO_MANY_ATTEMPTS,
        /** The input breaks a rule that the message names. */
        INVALID,
        /** There is something of that name already. */
        EXISTS,
        /** There is nothing of that name. */
        UNKNOWN,
        /** It was done already or is not possible in this state. */
        NOT_NOW
    }

    public Refusal(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    public Refusal(Kind kind, String message, Duration retryAfter) {
        this(kind, message, Optional.of(retryAfter));
    }

    private Refusal(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
