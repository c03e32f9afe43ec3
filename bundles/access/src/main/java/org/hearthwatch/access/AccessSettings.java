package org.hearthwatch.access;

import java.time.Duration;

/**
 * What an administrator can set.
 *
 * @param passwordCost how expensive a password hash is
 * @param sessionIdle a session ends after this time without use
 * @param sessionLifetime a session ends after this time in any case
 * @param proofLifetime how long a session may do what wants a fresh proof of who is there
 * @param secondFactorForAdministrators whether administrators and the role security only have their rights at the console
 *     once they sign in with a second factor; those of a provider have it there
 * @param sessionsPerUser the least recently used session of a user makes room for one more
 * @param sessionLimit sessions of all users together
 * @param freeAttempts failed sign-ins of one name from one origin before each further one has to wait
 * @param longestWait how long that wait grows
 */
public record AccessSettings(
        Argon2Cost passwordCost,
        Duration sessionIdle,
        Duration sessionLifetime,
        Duration proofLifetime,
        boolean secondFactorForAdministrators,
        int sessionsPerUser,
        int sessionLimit,
        int freeAttempts,
        Duration longestWait) {}
