package org.hearthwatch.api.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.store.Matcher;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The alerts people are told of, from our rules and from others that send theirs. Whoever lets people acknowledge records
 * that in the audit log first. Thread-safe.
 */
@ProviderType
public interface AlertDesk {

    /** All that fire, by fingerprint. */
    List<DeskAlert> alerts();

    /**
     * Says that somebody looks after alerts: no repeats, no escalation.
     *
     * @param matchers of the alerts' labels; at least one
     * @param lasting how long it counts; as long as each alert fires where there is none
     * @return the alerts, at least one
     * @throws AlertingRefusal if none fires that the matchers hold for
     */
    List<DeskAlert> acknowledge(List<Matcher> matchers, String by, String comment, Optional<Duration> lasting)
            throws AlertingRefusal;
}
