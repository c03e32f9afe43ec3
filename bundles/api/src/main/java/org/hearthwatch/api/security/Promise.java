package org.hearthwatch.api.security;

/**
 * Something the appliance promises, and whether it holds at this moment.
 *
 * @param id such as {@code B5} or {@code S8}
 * @param title a few words
 * @param why what makes it so, in a sentence
 * @param proof the command or request that shows it
 */
public record Promise(String id, String title, State state, String why, String proof) {

    /** Whether it holds. */
    public enum State {
        ON,
        /** Switched off, not set up, or what does it is not installed. */
        OFF,
        /** It holds in part, or less than it should. */
        DEGRADED
    }
}
