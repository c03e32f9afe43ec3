package org.hearthwatch.collector.host.osgi;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.collect.Schedule;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.disk.StorageStack;
import org.hearthwatch.collector.host.kernel.JavaSyscalls;
import org.hearthwatch.collector.host.kernel.LinuxSyscalls;
import org.hearthwatch.collector.host.kernel.Syscalls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host collector as a service. A changed configuration takes effect with the next run. */
@Component(
        service = {Collector.class, InventorySource.class},
        configurationPid = HostConfig.PID)
@Designate(ocd = HostConfig.class)
@CollectorName(collector = "host", job = "node")
@Schedule(interval = "15s", timeout = "10s")
public final class HostComponent implements Collector, InventorySource {

    private static final Logger LOG = LoggerFactory.getLogger(HostComponent.class);

    private static final int STAT_WORKERS = 4;
    private static final int WAITING_QUESTIONS = 1000;
    private static final int IDLE_SECONDS = 60;
    private static final int MOST_DEVICES = 1000;

    private final ExecutorService statWorkers = statWorkers();
    private volatile Collector collector;
    private volatile StorageStack storage = new StorageStack(HostPaths.LIVE, MOST_DEVICES);

    @Activate
    public HostComponent(HostConfig config) {
        collector = collector(config);
    }

    @Modified
    void modified(HostConfig config) {
        try {
            collector = collector(config);
        } catch (InvalidSettingException e) {
            LOG.error("The host collector goes on with its former settings: {}", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        statWorkers.shutdownNow();
    }

    @Override
    public void collect(SampleSink sink) throws IOException, InterruptedException {
        collector.collect(sink);
    }

    @Override
    public InventoryReport report(String instance) throws IOException {
        return storage.report(instance);
    }

    private Collector collector(HostConfig config) {
        HostSettings settings = HostSettings.of(config, HostSources.names());
        storage = new StorageStack(settings.paths(), MOST_DEVICES);
        return HostSources.collector(
                settings,
                new HostSources.Surroundings(
                        syscalls(settings), statWorkers, Clock.systemUTC(), ZoneId::systemDefault, System::nanoTime));
    }

    private static Syscalls syscalls(HostSettings settings) {
        try {
            return LinuxSyscalls.load();
        } catch (LinkageError | UnsupportedOperationException e) {
            LOG.warn(
                    "System calls are not to be had ({}): file systems are reported without inodes and the clock's"
                            + " discipline (timex) not at all. If the reason is a temporary directory mounted noexec, set"
                            + " jna.tmpdir to another one.",
                    e.toString());
            return new JavaSyscalls(settings.paths().procfs());
        }
    }

    private static ExecutorService statWorkers() {
        var number = new AtomicInteger();
        var workers = new ThreadPoolExecutor(
                STAT_WORKERS,
                STAT_WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_QUESTIONS),
                task -> {
                    var thread = new Thread(task, "hearthwatch-collector-host-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
