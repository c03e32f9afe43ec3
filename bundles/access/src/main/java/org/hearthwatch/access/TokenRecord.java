package org.hearthwatch.access;

import java.time.Instant;
import java.util.Optional;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Token;

/**
 * A token as stored.
 *
 * @param digest its SHA-256 in hexadecimal; with 256 random bits in the token, no slower hash is needed
 * @param former the token it replaced, while that is still good
 * @param owner the user who made it; empty for the local operator's
 */
record TokenRecord(
        String name,
        Scope scope,
        String digest,
        Optional<Former> former,
        Optional<String> owner,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        Optional<String> source) {

    /** A token that was replaced and is good for a while. */
    record Former(String digest, Instant until) {}

    Token view(Instant now) {
        return new Token(
                name,
                scope,
                created,
                expires,
                lastUsed,
                source,
                owner,
                former.map(Former::until).filter(now::isBefore));
    }

    TokenRecord used(Instant at) {
        return new TokenRecord(name, scope, digest, former, owner, created, expires, Optional.of(at), source);
    }

    /** The same with a new secret; how long it lives is counted anew. */
    TokenRecord rotated(String newDigest, Instant now, Instant formerUntil) {
        Optional<Instant> end = expires.map(at -> now.plus(java.time.Duration.between(created, at)));
        Instant formerEnd = expires.filter(at -> at.isBefore(formerUntil)).orElse(formerUntil);
        return new TokenRecord(
                name, scope, newDigest, Optional.of(new Former(digest, formerEnd)), owner, now, end, lastUsed, source);
    }

    /** Without one of its two secrets: where the newer goes, the former is the token again, and lives as long as that would have. */
    TokenRecord without(String ended) {
        Optional<Former> left = former.filter(old -> !old.digest().equals(ended));
        boolean back = digest.equals(ended) && left.isPresent();
        return new TokenRecord(
                name,
                scope,
                back ? left.get().digest() : digest,
                back ? Optional.empty() : left,
                owner,
                created,
                expires,
                lastUsed,
                source);
    }

    /** Whether a presented token with this digest is good. */
    boolean accepts(String presented, Instant now) {
        if (digest.equals(presented)) {
            return expires.isEmpty() || now.isBefore(expires.get());
        }
        return former.filter(old -> old.digest().equals(presented) && now.isBefore(old.until()))
                .isPresent();
    }
}
