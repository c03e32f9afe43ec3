package org.hearthwatch.api.audit;

import org.osgi.annotation.versioning.ProviderType;

/** Takes events in. Thread-safe. */
@ProviderType
public interface AuditLog {

    /**
     * Writes an event; it is on disk when this returns.
     *
     * @return its sequence
     * @throws AuditUnavailableException if it could not be written. Whoever changes something must not go on then;
     *     collecting, storing and alerting do
     */
    long record(AuditEvent event) throws AuditUnavailableException;
}
