package org.hearthwatch.query.syntax;

/** An expression that is no PromQL: what is wrong, and at which character. */
public final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int at;
    private final String reason;

    /**
     * A refusal for people to read.
     *
     * @param at index of the offending character in the expression
     */
    public SyntaxException(int at, String message) {
        super(message, null, false, false);
        this.at = at;
        this.reason = message;
    }

    /** What is wrong, for people. */
    public String reason() {
        return reason;
    }

    public int at() {
        return at;
    }
}
