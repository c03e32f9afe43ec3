package org.hearthwatch.audit;

import java.time.Duration;
import java.time.InstantSource;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** The log about itself. */
public final class AuditFigures implements Collector {

    private static final Gauge ENTRIES = Gauge.of("hearthwatch_audit_entries", "Entries in the audit log");
    private static final Counter FAILURES = Counter.of(
            "hearthwatch_audit_failures_total",
            "Events that could not be written, so that what they tell of was not done");
    private static final Gauge DAMAGED =
            Gauge.of("hearthwatch_audit_damaged", "Whether the audit log was found changed or cut when it was opened");
    private static final Gauge CHECKPOINT_AGE = Gauge.of(
            "hearthwatch_audit_checkpoint_age_seconds", "Time since the newest checkpoint of this run was signed");

    private final FileAuditLog log;
    private final InstantSource clock;

    public AuditFigures(FileAuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void collect(SampleSink sink) {
        sink.set(ENTRIES, log.head().size());
        sink.set(FAILURES, log.failures());
        sink.set(DAMAGED, log.damage().isPresent() ? 1 : 0);
        log.lastCheckpoint()
                .ifPresent(time -> sink.set(
                        CHECKPOINT_AGE, Duration.between(time, clock.instant()).toMillis() / 1000.0));
    }
}
