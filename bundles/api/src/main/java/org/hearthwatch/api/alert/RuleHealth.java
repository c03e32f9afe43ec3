package org.hearthwatch.api.alert;

/** How the last evaluation of a rule went. */
public enum RuleHealth {
    /** Not evaluated yet. */
    UNKNOWN("unknown"),
    OK("ok"),
    /** It failed; {@link RuleStatus#lastError()} says why. */
    ERROR("err");

    private final String word;

    RuleHealth(String word) {
        this.word = word;
    }

    /** The word of the Prometheus HTTP API. */
    public String word() {
        return word;
    }
}
