package org.hearthwatch.prometheus.exposition;

/** A text that is not what it says to be; the message names the line and what is wrong with it. */
public final class ExpositionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final String reason;

    ExpositionException(long line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** Counted from 1. */
    public long line() {
        return line;
    }

    /** What is wrong, without the line. */
    public String reason() {
        return reason;
    }
}
