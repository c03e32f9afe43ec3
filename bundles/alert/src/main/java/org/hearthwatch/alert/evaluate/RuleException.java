package org.hearthwatch.alert.evaluate;

/** A rule that could not be evaluated; the message says why. */
public final class RuleException extends Exception {

    private static final long serialVersionUID = 1L;

    RuleException(String message) {
        super(message);
    }

    /** The message, which there always is. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
