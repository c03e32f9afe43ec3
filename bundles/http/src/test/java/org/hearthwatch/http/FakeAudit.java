package org.hearthwatch.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;

/** Keeps events in memory, or refuses them. */
public final class FakeAudit implements AuditLog {

    public final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    public volatile boolean full;

    @Override
    public long record(AuditEvent event) throws AuditUnavailableException {
        if (full) {
            throw new AuditUnavailableException("The audit log is full; make room");
        }
        events.add(event);
        return events.size() - 1L;
    }
}
