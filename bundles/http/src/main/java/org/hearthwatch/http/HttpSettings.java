package org.hearthwatch.http;

import java.util.Set;

/**
 * What an administrator can set of the edge, the connector's limits aside.
 *
 * @param hosts further names under which the appliance is reached, in lower case
 * @param maxStreams event streams open at once
 * @param sources from where requests are taken
 */
public record HttpSettings(Set<String> hosts, int maxStreams, Sources sources) {

    public HttpSettings {
        hosts = Set.copyOf(hosts);
    }
}
