package org.hearthwatch.api.access;

import java.util.Optional;

/**
 * Who is asking.
 *
 * @param name the user's or the token's name
 * @param source whose samples a token of scope {@link Scope#PUSH} brings, whatever they say themselves
 */
public record Principal(Kind kind, String name, Scope scope, Optional<String> source) {

    /** One who speaks for no source. */
    public Principal(Kind kind, String name, Scope scope) {
        this(kind, name, scope, Optional.empty());
    }

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
