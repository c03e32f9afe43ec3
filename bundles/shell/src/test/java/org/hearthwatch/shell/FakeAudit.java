package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.testkit.TestClock;

/** An audit log in memory, which can be full and can be found changed. */
final class FakeAudit implements AuditLog, AuditTrail {

    final List<AuditEntry> entries = new ArrayList<>();
    Optional<String> problem = Optional.empty();
    boolean full;

    @Override
    public long record(AuditEvent event) throws AuditUnavailableException {
        if (full) {
            throw new AuditUnavailableException("The audit log is full; make room");
        }
        entries.add(new AuditEntry(entries.size(), TestClock.START.plusSeconds(entries.size()), event));
        return entries.size() - 1L;
    }

    @Override
    public List<AuditEntry> newest(int most, Predicate<AuditEntry> wanted) {
        List<AuditEntry> all = entries.stream().filter(wanted).toList();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    @Override
    public Head head() {
        return new Head(entries.size(), "0".repeat(64));
    }

    @Override
    public Verification verify() {
        return new Verification(entries.size(), 0, problem);
    }

    @Override
    public String checkpoint() {
        return "hearthwatch/audit\n" + entries.size() + "\n";
    }

    @Override
    public String verifier() {
        return "hearthwatch/audit+00000000+AAAA";
    }

    @Override
    public Optional<Instant> lastCheckpoint() {
        return Optional.empty();
    }

    @Override
    public void export(Path directory) throws IOException {
        Files.createDirectory(directory);
    }
}
