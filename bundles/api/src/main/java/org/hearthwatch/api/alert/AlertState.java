package org.hearthwatch.api.alert;

/** How far an alert, or the rule that raises it, has come; growing with severity. */
public enum AlertState {
    /** Nothing to say. */
    INACTIVE("inactive"),
    /** The condition holds, but not yet for as long as the rule asks. */
    PENDING("pending"),
    /** The condition has held long enough, and people are told. */
    FIRING("firing");

    private final String word;

    AlertState(String word) {
        this.word = word;
    }

    /** The word of the Prometheus HTTP API and of the label {@code alertstate}. */
    public String word() {
        return word;
    }
}
