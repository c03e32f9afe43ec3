package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a bearer token; never the token itself.
 *
 * @param source of a token of scope {@link Scope#PUSH}: whose samples it brings
 * @param owner who made it, and whose roles bound it; empty of those made by the local operator
 * @param formerUntil until when the token it replaced is still good
 */
public record Token(
        String name,
        Scope scope,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        Optional<String> source,
        Optional<String> owner,
        Optional<Instant> formerUntil) {

    /** One that speaks for no source. */
    public Token(String name, Scope scope, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed) {
        this(name, scope, created, expires, lastUsed, Optional.empty());
    }

    /** One of the local operator. */
    public Token(
            String name,
            Scope scope,
            Instant created,
            Optional<Instant> expires,
            Optional<Instant> lastUsed,
            Optional<String> source) {
        this(name, scope, created, expires, lastUsed, source, Optional.empty(), Optional.empty());
    }
}
