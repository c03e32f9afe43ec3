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
    Secret create(String name, Scope scope, Optional<Duration> lifetime) throws Refusal;

    /**
     * Makes a token of scope {@link Scope#PUSH}: everything pushed with it gets the label {@code source}, whatever it says
     * itself, so that one machine cannot write as another.
     *
     * @param name unique among the tokens
     * @param source whose samples it brings, such as {@code nas}; named like a token
     * @param lifetime until it expires; empty for never
     * @return the token itself, shown this once
     */
    Secret createPush(String name, String source, Optional<Duration> lifetime) throws Refusal;

    /** Ends a token at once. */
    void revoke(String name) throws Refusal;

    /** Who a presented token stands for; empty if it is unknown, expired or revoked. Takes the same time for each. */
    Optional<Principal> authenticate(Secret token);
}
