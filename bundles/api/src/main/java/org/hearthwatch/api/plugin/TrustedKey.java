package org.hearthwatch.api.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A public key in the trust store.
 *
 * @param name who it says to belong to
 * @param fingerprint of both its halves: SHA-256, in lower-case hexadecimal
 * @param roles what it may sign: {@code core}, {@code plugin}, {@code update}
 * @param expires when it ends to let anything new in
 * @param file where it stands
 */
public record TrustedKey(
        String name, String fingerprint, List<String> roles, Optional<Instant> expires, State state, String file) {

    public TrustedKey {
        roles = List.copyOf(roles);
    }

    /** Whether it counts. */
    public enum State {
        VALID,
        /** Lets nothing new in; what came in before stays. */
        EXPIRED,
        /** Counts for nothing, and what it let in is stopped. */
        REVOKED
    }
}
