package org.hearthwatch.collector.runtime.osgi;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Finding.Severity;
import org.hearthwatch.api.health.Notices;
import org.hearthwatch.api.health.Vitals;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.collector.runtime.ProcessCollector;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The vital figures, as far as the parts they come from are there. */
@Component
public final class ApplianceComponent implements Appliance {

    private static final Logger LOG = LoggerFactory.getLogger(ApplianceComponent.class);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final String version;
    private final ProcessCollector process = new ProcessCollector(ProcessCollector.SELF);
    private final Instant started =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Collectors collectors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable StoreMonitor store;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Collection<Notices> notices = new CopyOnWriteArrayList<>();

    @Activate
    public ApplianceComponent(BundleContext context) {
        this.version = Version.of(context);
    }

    @Override
    public Vitals vitals() {
        Optional<Collectors> running = Optional.ofNullable(collectors);
        List<CollectorStatus> statuses = running.map(Collectors::list).orElse(List.of());
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Vitals(
                version,
                running.map(Collectors::instance).orElseGet(ApplianceComponent::hostName),
                started,
                residentBytes(),
                heap.getUsed(),
                heap.getMax(),
                ProcessCollector.cpuTime().toNanos() / 1e9,
                statuses.size(),
                (int) statuses.stream()
                        .filter(status -> status.lastError().isPresent())
                        .count(),
                Optional.ofNullable(store).map(StoreMonitor::status),
                notices.stream()
                        .flatMap(each -> each.notices().stream())
                        .filter(finding -> finding.severity() != Severity.INFO)
                        .map(Finding::problem)
                        .toList());
    }

    private long residentBytes() {
        try {
            return process.residentBytes();
        } catch (IOException e) {
            LOG.debug("The memory of the process cannot be read", e);
            return 0;
        }
    }

    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
