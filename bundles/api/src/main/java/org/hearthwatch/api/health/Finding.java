package org.hearthwatch.api.health;

/**
 * Something that is wrong, in words.
 *
 * @param subject what it is about, such as {@code collector host} or {@code etc/org.hearthwatch.store.cfg}
 * @param problem what is wrong
 * @param remedy what to do next
 */
public record Finding(Severity severity, String subject, String problem, String remedy) {

    /** How bad it is. */
    public enum Severity {
        /** The appliance does not do its job. */
        CRITICAL,
        /** Some part does not work. */
        WARNING,
        /** Worth knowing. */
        INFO
    }
}
