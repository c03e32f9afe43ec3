package org.hearthwatch.api.audit;

import java.util.Locale;

/**
 * Something that somebody set out to do. It is recorded before it is done, so that nothing is done that is not on record. Never holds a secret: say which one, not what it is. Texts may come from anywhere;
 * the log escapes them and cuts them at 1024 characters.
 *
 * @param actor who, such as {@code ann} or {@code token:backup}; {@code -} where nobody is known
 * @param role with which right, such as {@code admin}; {@code -} where none
 * @param source from where: a network address, {@code shell}, {@code appliance}
 * @param action a noun and a verb, such as {@code token:create}
 * @param object to what, such as the token's name; {@code -} where nothing in particular
 * @param reason why it was refused or failed, or what the actor gave as reason; may be empty
 */
public record AuditEvent(
        String actor, String role, String source, String action, String object, Outcome outcome, String reason) {

    /** How it ended. */
    public enum Outcome {
        /** Let through, or done; where it did not work after all, an entry of its own says so. */
        ALLOWED,
        /** Not allowed. */
        REFUSED,
        /** Let through, but it did not work. */
        FAILED;

        /** The word in the log, such as {@code allowed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the appliance does of itself. */
    public static AuditEvent own(String action, String object, Outcome outcome, String reason) {
        return new AuditEvent("appliance", "-", "appliance", action, object, outcome, reason);
    }
}
