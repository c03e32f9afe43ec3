package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a bearer token; never the token itself.
 *
 * @param source of a token of scope {@link Scope#PUSH}: whose samples it brings
 */
public record Token(
        String name,
        Scope scope,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        Optional<String> source) {

    /** One that speaks for no source. */
    public Token(String name, Scope scope, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed) {
        this(name, scope, created, expires, lastUsed, Optional.empty());
    }
}
