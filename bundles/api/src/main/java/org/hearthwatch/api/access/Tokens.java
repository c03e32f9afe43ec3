package org.hearthwatch.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Bearer tokens for programs. Only their hashes are kept. Thread-safe; changes are on disk when a method returns. */
@ProviderType
public interface Tokens {

    /** All, by name. */
    List<Token> list();

    /**
     * Makes a token.
     *
     * @param name unique among the tokens
     * @param scope not {@link Scope#PUSH}, see {@link #createPush}
     * @param lifetime until it expires; empty for never
     * @return the token itself, shown this once
     */
    default Secret create(String name, Scope scope, Optional<Duration> lifetime) throws Refusal {
        return create(Principal.operator(), name, scope, Optional.empty(), lifetime);
    }

    /**
     * Makes a token of scope {@link Scope#PUSH}: everything pushed with it gets the label {@code source}, whatever it says
     * itself, so that one machine cannot write as another.
     *
     * @param name unique among the tokens
     * @param source whose samples it brings, such as {@code nas}; named like a token
     * @param lifetime until it expires; empty for never
     * @return the token itself, shown this once
     */
    default Secret createPush(String name, String source, Optional<Duration> lifetime) throws Refusal {
        return create(Principal.operator(), name, Scope.PUSH, Optional.of(source), lifetime);
    }

    /**
     * Makes a token that belongs to somebody: it may never do more than they may, and ends with them.
     *
     * @param maker who makes it: a person owns it; what a token makes belongs to that token's owner
     * @param source for scope {@link Scope#PUSH}, and only then
     * @throws Refusal also if the maker's roles do not reach as far as the scope
     */
    Secret create(Principal maker, String name, Scope scope, Optional<String> source, Optional<Duration> lifetime)
            throws Refusal;

    /**
     * Puts a new token in a token's place; it lives as long as the former was made to.
     *
     * @param overlap how long the former is still good, so that it can be replaced where it is used; at most 7 days
     * @return the new token, shown this once
     */
    Secret rotate(String name, Duration overlap) throws Refusal;

    /** Ends a token at once. */
    void revoke(String name) throws Refusal;

    /** Who a presented token stands for; empty if it is unknown, expired or revoked. Takes the same time for each. */
    Optional<Principal> authenticate(Secret token);
}
