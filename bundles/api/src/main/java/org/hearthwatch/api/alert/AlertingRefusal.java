package org.hearthwatch.api.alert;

/** Something about alerts was not done; the message says why and what is allowed. */
public final class AlertingRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** What was asked for makes no sense. */
        INVALID,
        /** There is nothing of this name. */
        NOT_FOUND,
        /** It could not be written or read. */
        FAILED
    }

    public AlertingRefusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
