package org.hearthwatch.api.store;

import java.util.List;
import org.hearthwatch.api.metric.Exemplar;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps the newest exemplars in memory, up to a limit; they do not survive a restart. Thread-safe. */
@ProviderType
public interface ExemplarStore {

    /** Adds exemplars; one equal to its series' newest changes nothing. */
    void add(List<Exemplar> exemplars);

    /** Those of the series that match any of the selectors, both ends included, by series and time. */
    List<Exemplar> select(List<List<Matcher>> selectors, long from, long to);
}
