package org.hearthwatch.api.audit;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Numbers that only grow, kept in the audit log: whoever puts an older state of something back in its place is found out,
 * because the log remembers a newer one. Thread-safe.
 */
@ProviderType
public interface AuditAnchors {

    /**
     * Notes a number; it is on disk when this returns. One that is not greater than the newest is not noted.
     *
     * @param name of what is counted, such as {@code vault:1f00}
     */
    void raise(String name, long value) throws AuditUnavailableException;

    /** The greatest number noted. */
    OptionalLong highest(String name);
}
