package org.hearthwatch.collector.runtime.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.store.StoreMonitor;

/** Says whether the appliance does its work: collects, and keeps what it collects. */
public final class WorkDoctor {

    private final Optional<StoreMonitor> store;
    private final Optional<Collectors> collectors;

    public WorkDoctor(Optional<StoreMonitor> store, Optional<Collectors> collectors) {
        this.store = store;
        this.collectors = collectors;
    }

    public List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        if (store.isEmpty()) {
            findings.add(new Finding(
                    Finding.Severity.CRITICAL,
                    "store",
                    "there is no store, so that nothing is kept",
                    "see the findings about its bundle, component and configuration"));
        }
        store.flatMap(monitor -> monitor.status().readOnly())
                .ifPresent(why -> findings.add(new Finding(
                        Finding.Severity.CRITICAL,
                        "store",
                        "it takes no samples: " + why,
                        "mend the cause; the store takes samples again by itself")));
        if (collectors.isEmpty()) {
            findings.add(new Finding(
                    Finding.Severity.CRITICAL,
                    "collecting",
                    "no collector is run",
                    "see the findings about bundle org.hearthwatch.collect and its configuration"));
        }
        collectors.map(Collectors::list).orElse(List.of()).forEach(status -> add(status, findings));
        return findings;
    }

    private static void add(CollectorStatus status, List<Finding> findings) {
        String subject = "collector " + status.name();
        String error = status.lastError().orElse("no reason was given");
        switch (status.state()) {
            case FAILING, BACKING_OFF ->
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        subject,
                        "its newest run failed"
                                + (status.consecutiveFailures() > 1
                                        ? ", the " + status.consecutiveFailures() + ". in a row"
                                        : "")
                                + ": " + error,
                        "try it with hw:collector-run " + status.name()));
            case STUCK ->
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        subject,
                        "a run does not end although it was interrupted, and holds a thread",
                        "update or remove bundle " + status.bundle() + "; a restart frees the thread"));
            case STARTING, OK -> {}
        }
    }
}
