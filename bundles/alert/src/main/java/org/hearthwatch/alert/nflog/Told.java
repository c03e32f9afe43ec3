package org.hearthwatch.alert.nflog;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.alert.held.HeldAlert;

/**
 * What a channel was told of a group last.
 *
 * @param expires when it may be forgotten
 * @param firing the alerts told of as firing: for these the end is owed
 * @param resolved the fingerprints of those told of as resolved
 */
public record Told(Instant at, Instant expires, List<HeldAlert> firing, Set<Long> resolved) {

    public Told {
        firing = List.copyOf(firing);
        resolved = Set.copyOf(resolved);
    }

    /** The fingerprints of those told of as firing. */
    public Set<Long> firingFingerprints() {
        return firing.stream().map(HeldAlert::fingerprint).collect(Collectors.toSet());
    }
}
