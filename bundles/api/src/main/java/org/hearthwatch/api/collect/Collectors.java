package org.hearthwatch.api.collect;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The collectors at work. Thread-safe. */
@ProviderType
public interface Collectors {

    /** The {@code instance} label of what is collected on this machine: its host name, unless configured otherwise. */
    String instance();

    /** All, by name. */
    List<CollectorStatus> list();

    /** One by its name. */
    Optional<CollectorStatus> find(String name);

    /**
     * Runs a collector once, out of turn, and shows what it reports; nothing is stored. Waits while a scheduled run of
     * the same collector is under way, within the collector's time-out.
     *
     * @throws java.util.NoSuchElementException if there is no collector of that name
     * @throws InterruptedException if the caller was interrupted while waiting
     */
    CollectorRun runOnce(String name) throws InterruptedException;
}
