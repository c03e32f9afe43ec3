package org.hearthwatch.access;

import java.time.Instant;
import java.util.Optional;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Token;

/**
 * A token as stored.
 *
 * @param digest its SHA-256 in hexadecimal; with 256 random bits in the token, no slower hash is needed
 */
record TokenRecord(
        String name,
        Scope scope,
        String digest,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        Optional<String> source) {

    Token view() {
        return new Token(name, scope, created, expires, lastUsed, source);
    }

    TokenRecord used(Instant at) {
        return new TokenRecord(name, scope, digest, created, expires, Optional.of(at), source);
    }

    boolean hasExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }
}
