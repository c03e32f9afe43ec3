package org.hearthwatch.api.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file in the plugin folder.
 *
 * @param file its name
 * @param sha256 its digest in lower-case hexadecimal
 * @param name the bundle's name, or the file's where it is no bundle
 * @param symbolicName empty where it is no bundle
 * @param version the bundle's version, empty where it is no bundle
 * @param vendor who says to have made it
 * @param reason for a state other than running, why, in words
 * @param since when the state began
 * @param asksFor what an administrator should know before approving, a sentence each: what the code may do that goes
 *     beyond measuring, as far as reading the file shows; empty where it is no bundle
 */
public record Plugin(
        String file,
        String sha256,
        String name,
        String symbolicName,
        String version,
        Optional<String> vendor,
        State state,
        Optional<String> reason,
        Instant since,
        List<String> asksFor) {

    public Plugin {
        asksFor = List.copyOf(asksFor);
    }

    /** What became of the file. */
    public enum State {
        /** Not approved: kept aside, none of its code has run. */
        QUARANTINED,
        /** Approved and started. */
        RUNNING,
        /** Approved, but it could not be started or was stopped for its behaviour. */
        FAILED,
        /** No bundle, too large, damaged, or in conflict with the appliance's own bundles: cannot be approved. */
        REFUSED
    }
}
