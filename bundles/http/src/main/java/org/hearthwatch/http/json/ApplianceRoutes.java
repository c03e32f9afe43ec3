package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.health.Doctor;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Vitals;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The appliance's figures, what is wrong with it, and its collectors. */
public final class ApplianceRoutes implements Routes {

    private final Needed<Appliance> appliance;
    private final Needed<Doctor> doctor;
    private final Needed<Collectors> collectors;

    public ApplianceRoutes(Needed<Appliance> appliance, Needed<Doctor> doctor, Needed<Collectors> collectors) {
        this.appliance = appliance;
        this.doctor = doctor;
        this.collectors = collectors;
    }

    @Override
    public List<Route> routes() {
        var read = Guard.needs(Permission.read("appliance:read"));
        return List.of(
                Route.get("/api/hw/status", read, this::status),
                Route.get("/api/hw/doctor", read, this::doctor),
                Route.get("/api/hw/collectors", read, this::collectors));
    }

    private void status(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, StatusView.of(appliance.get().vitals()));
    }

    private void doctor(Exchange exchange) throws IOException, HttpProblem {
        Json.write(
                exchange, doctor.get().examine().stream().map(FindingView::of).toList());
    }

    private void collectors(Exchange exchange) throws IOException, HttpProblem {
        Json.write(
                exchange,
                collectors.get().list().stream().map(CollectorView::of).toList());
    }

    private record StatusView(
            String version,
            String hostName,
            double started,
            long residentBytes,
            long heapUsedBytes,
            long heapMaxBytes,
            double cpuSeconds,
            int collectors,
            int failingCollectors,
            List<String> notices,
            @Nullable StoreView store) {

        static StatusView of(Vitals vitals) {
            return new StatusView(
                    vitals.version(),
                    vitals.hostName(),
                    Json.seconds(vitals.started()),
                    vitals.residentBytes(),
                    vitals.heapUsedBytes(),
                    vitals.heapMaxBytes(),
                    vitals.cpuSeconds(),
                    vitals.collectors(),
                    vitals.failingCollectors(),
                    vitals.notices(),
                    vitals.store().map(StoreView::of).orElse(null));
        }
    }

    private record StoreView(
            long series,
            long samples,
            double samplesPerSecond,
            long memoryBytes,
            long diskBytes,
            @Nullable Double oldest,
            @Nullable Double newest,
            @Nullable String readOnly) {

        static StoreView of(StoreStatus store) {
            return new StoreView(
                    store.series(),
                    store.samples(),
                    store.samplesPerSecond(),
                    store.memoryBytes(),
                    store.diskBytes(),
                    Json.secondsOrNull(store.oldest()),
                    Json.secondsOrNull(store.newest()),
                    store.readOnly().orElse(null));
        }
    }

    private record FindingView(String severity, String subject, String problem, String remedy) {
        static FindingView of(Finding finding) {
            return new FindingView(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.subject(),
                    finding.problem(),
                    finding.remedy());
        }
    }

    private record CollectorView(
            String name,
            String job,
            String bundle,
            String state,
            double interval,
            double timeout,
            @Nullable Double lastRun,
            @Nullable Double lastDuration,
            @Nullable String lastError,
            int series,
            long refusedSamples,
            int consecutiveFailures) {

        static CollectorView of(CollectorStatus status) {
            return new CollectorView(
                    status.name(),
                    status.job(),
                    status.bundle(),
                    status.state().name(),
                    Json.seconds(status.interval()),
                    Json.seconds(status.timeout()),
                    Json.secondsOrNull(status.lastRun()),
                    status.lastDuration().map(Json::seconds).orElse(null),
                    status.lastError().orElse(null),
                    status.series(),
                    status.refusedSamples(),
                    status.consecutiveFailures());
        }
    }
}
