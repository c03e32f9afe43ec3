package org.hearthwatch.plugin;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A new version that has yet to show that it works.
 *
 * @param former what it took the place of
 * @param worked the collectors of the former that worked
 */
record Trial(Running former, Running next, Set<String> worked, Instant deadline) {

    /** The collectors that worked before and do not now. */
    Set<String> missing(Set<String> workNow) {
        Set<String> missing = new TreeSet<>(worked);
        missing.removeAll(workNow);
        return missing;
    }
}
