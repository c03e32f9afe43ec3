package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A person who may sign in.
 *
 * @param roles their own, without those of their groups
 * @param effectiveRoles with those of their groups: what counts
 * @param enabled whether they may sign in at the moment
 * @param secondFactor whether they sign in with a code beside the password
 * @param provider where the account comes from: {@code local}, or the name of whoever vouches for them
 */
public record User(
        String name,
        Set<Role> roles,
        Set<String> groups,
        Set<Role> effectiveRoles,
        boolean enabled,
        boolean secondFactor,
        String provider,
        Instant created,
        Optional<Instant> lastSignIn) {

    public User {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
        effectiveRoles = Set.copyOf(effectiveRoles);
    }
}
