package org.hearthwatch.api.audit;

import java.time.Instant;

/**
 * An event in the log.
 *
 * @param sequence from 0, without gaps
 * @param time by the appliance's clock when it was written
 */
public record AuditEntry(long sequence, Instant time, AuditEvent event) {}
