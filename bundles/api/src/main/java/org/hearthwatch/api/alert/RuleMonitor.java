package org.hearthwatch.api.alert;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Shows the rules that are evaluated and the alerts they raise, as of now. Thread-safe. */
@ProviderType
public interface RuleMonitor {

    /** All groups, sorted by file and then by their place in it. */
    List<RuleGroupStatus> groups();

    /** Files that are not in force as they stand. */
    List<RefusedRules> refused();

    /**
     * Reads files that have changed at once, rather than at the next look.
     *
     * @throws AlertingRefusal if a file is wrong; what it said before stays in force
     */
    default void reload() throws AlertingRefusal {}
}
