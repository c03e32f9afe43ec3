package org.hearthwatch.http.jetty;

import java.time.Duration;

/**
 * What the port puts up with.
 *
 * @param connections open at once
 * @param connectionsPerAddress of these, from one address; loopback is exempt, for everyone behind a proxy on this machine
 *     comes from there
 * @param connectionRate new ones a second from one address, loopback exempt, and three times that at once
 * @param requestDeadline from a request's first byte to its last
 * @param idleTimeout without any traffic, between requests or while an answer is not being read
 */
public record PortLimits(
        int connections,
        int connectionsPerAddress,
        int connectionRate,
        Duration requestDeadline,
        Duration idleTimeout) {}
