package org.hearthwatch.store.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.store.StoreSettings;
import org.hearthwatch.store.TimeSeriesStore;
import org.hearthwatch.store.disk.FileDisk;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store in the appliance's data directory and offers it as services, which are there from when its log is read
 * until it is closed. While the directory cannot be used, only {@link StoreMonitor} is there and says why, and opening is
 * tried again every few seconds.
 */
@Component(service = StoreMonitor.class, immediate = true, configurationPid = SettingsReader.PID)
@Designate(ocd = StoreConfig.class)
public final class StoreComponent implements StoreMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);
    private static final long RETRY_SECONDS = 2;
    private static final long CLOSE_SECONDS = 30;
    private static final Dictionary<String, ?> NO_PROPERTIES = FrameworkUtil.asDictionary(Map.of());

    private final BundleContext context;
    private final SettingsReader reader =
            new SettingsReader(Runtime.getRuntime().maxMemory());
    private final ScheduledThreadPoolExecutor threads;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    private volatile StoreSettings settings;
    private volatile Optional<TimeSeriesStore> store = Optional.empty();
    private volatile String problem = "The store is being opened";
    private volatile Optional<WriterLoop> writer = Optional.empty();
    private volatile Optional<BlockLoop> keeper = Optional.empty();
    private volatile boolean closing;

    /** Begins to open the store. */
    @Activate
    public StoreComponent(BundleContext context, StoreConfig config) {
        this.context = context;
        this.settings = accept(config).orElse(StoreSettings.DEFAULTS);
        var numbers = new AtomicInteger();
        this.threads = new ScheduledThreadPoolExecutor(2, task -> {
            var thread = new Thread(task, "hearthwatch-store-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.execute(this::open);
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    public void modified(StoreConfig config) {
        accept(config).ifPresent(changed -> {
            settings = changed;
            store.ifPresent(open -> open.settings(changed));
        });
    }

    private Optional<StoreSettings> accept(StoreConfig config) {
        try {
            return Optional.of(reader.read(config));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
            return Optional.empty();
        }
    }

    private void open() {
        if (closing) {
            return;
        }
        Path directory = directory();
        try {
            StoreSettings with = settings;
            var opened = TimeSeriesStore.open(new FileDisk(directory), with, InstantSource.system());
            if (!with.equals(settings)) {
                opened.settings(settings);
            }
            var loop = new WriterLoop(opened);
            writer = Optional.of(loop);
            var blocks = new BlockLoop(opened);
            keeper = Optional.of(blocks);
            store = Optional.of(opened);
            StoreStatus status = opened.status();
            LOG.info(
                    "The store in {} is open with {} samples of {} series",
                    directory,
                    status.samples(),
                    status.series());
            threads.execute(loop);
            threads.execute(blocks);
            publish(opened);
        } catch (IOException e) {
            String reason = OpenFailure.words(directory, e);
            if (!reason.equals(problem)) {
                LOG.error("{}", reason);
            }
            problem = reason;
            retry();
        } catch (RuntimeException e) {
            LOG.error("The data directory {} could not be opened", directory, e);
            problem = "The data directory " + directory + " could not be opened (" + e + "); the log file has more";
            retry();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // open() tells all there is to tell.
    private void retry() {
        if (!closing) {
            threads.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void publish(TimeSeriesStore opened) {
        if (closing) {
            return;
        }
        services.add(context.registerService(SampleWriter.class, opened, NO_PROPERTIES));
        services.add(context.registerService(SeriesReader.class, opened, NO_PROPERTIES));
        services.add(context.registerService(SampleTail.class, opened.tail(), NO_PROPERTIES));
        services.add(context.registerService(StoreAdmin.class, opened.admin(), NO_PROPERTIES));
        services.add(context.registerService(
                Collector.class,
                opened.collector(),
                FrameworkUtil.asDictionary(
                        Map.of(CollectorName.COLLECTOR, "store", CollectorName.JOB, "hearthwatch"))));
    }

    private Path directory() {
        String data = context.getProperty("karaf.data");
        return Path.of(data == null ? "data" : data, "hearthwatch", "store");
    }

    @Override
    public StoreStatus status() {
        return store.map(TimeSeriesStore::status)
                .orElseGet(() ->
                        new StoreStatus(0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.of(problem)));
    }

    /** Withdraws the services, writes what is left and gives the directory back. */
    @Deactivate
    public void close() {
        closing = true;
        withdraw();
        keeper.ifPresent(BlockLoop::stop);
        writer.ifPresent(WriterLoop::stop);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("Writing to {} did not end within {} s", directory(), CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (store.isPresent()) {
                store.get().close();
            }
        } catch (IOException e) {
            LOG.error("Closing the store in {} failed: {}", directory(), e.getMessage());
        }
    }

    private synchronized void withdraw() {
        services.forEach(ServiceRegistration::unregister);
        services.clear();
    }
}
