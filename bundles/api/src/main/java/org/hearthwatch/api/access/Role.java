package org.hearthwatch.api.access;

import java.util.Locale;

/** What a person is here to do. What each may do is the {@link Policy}'s to say. */
public enum Role {
    /** Looks at everything that is measured. */
    VIEWER,
    /** Also changes what is watched, acknowledges and silences. */
    OPERATOR,
    /** Looks at everything, reads the audit log, and keeps secrets, certificates, egress and sessions in order. */
    SECURITY,
    /** May do everything. */
    ADMIN,
    /** Reads and checks the audit log, and sees nothing else. */
    AUDITOR;

    /** The word used in commands and the API, such as {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the word names no role; the message lists those there are */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is not a role; there are viewer, operator, security, admin and auditor");
    }

    /** The role that may do what a scope lets a token do. */
    public static Role of(Scope scope) {
        return switch (scope) {
            case READ -> VIEWER;
            case WRITE, PUSH -> OPERATOR;
            case ADMIN -> ADMIN;
        };
    }
}
