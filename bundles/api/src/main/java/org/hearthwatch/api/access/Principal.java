package org.hearthwatch.api.access;

/**
 * Who is asking.
 *
 * @param name the user's or the token's name
 */
public record Principal(Kind kind, String name, Scope scope) {

    /** What stands behind a name. */
    public enum Kind {
        /** A person signed in with a session. */
        USER,
        /** A program with a bearer token. */
        TOKEN,
        /** Whoever holds the local operator's key: the shell. */
        OPERATOR
    }

    public boolean may(Permission permission) {
        return scope.covers(permission.scope());
    }
}
