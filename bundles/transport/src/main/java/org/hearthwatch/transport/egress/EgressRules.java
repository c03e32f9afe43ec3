package org.hearthwatch.transport.egress;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.transport.certificate.Pin;

/**
 * Where connections may go.
 *
 * @param tls12 hosts, in lower case, that may be spoken to in TLS 1.2
 * @param pins by host, in lower case: the keys one of which a server's certificates must have
 */
public record EgressRules(Reach reach, List<Destination> allowed, Set<String> tls12, Map<String, List<Pin>> pins) {

    /** How far connections may go. */
    public enum Reach {
        /** Wherever the configuration of a part says. */
        ANY,
        /** To this machine and where the allow-list says. */
        LISTED,
        /** To this machine, and to private addresses that the allow-list names. */
        PRIVATE
    }

    public EgressRules {
        allowed = List.copyOf(allowed);
        tls12 = Set.copyOf(tls12);
        pins = Map.copyOf(pins);
    }
}
