package org.hearthwatch.audit.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.audit.AuditAnchors;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SealedFiles;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.audit.AuditFigures;
import org.hearthwatch.audit.FileAuditLog;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the log in the appliance's state and offers it while it is open. While it cannot be opened there is an {@link
 * AuditLog} all the same, which refuses every event and says why: so nothing is changed unrecorded.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = AuditConfig.PID)
@Designate(ocd = AuditConfig.class)
public final class AuditComponent {

    private static final Logger LOG = LoggerFactory.getLogger(AuditComponent.class);
    private static final String ORIGIN = "hearthwatch/audit";
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(30);
    private static final long LEAST_SEGMENT = 1L << 20;
    private static final long MOST_SEGMENT = 1L << 30;
    private static final long RETRY_SECONDS = 5;

    /** Not while the appliance starts: opening a vault takes time. */
    private static final long VAULT_SECONDS = 30;

    private final BundleContext context;
    private final Path folder;
    private final ScheduledThreadPoolExecutor timer;
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private Duration interval = Duration.ofHours(1);
    private long segmentBytes = 16L << 20;
    private @Nullable ScheduledFuture<?> checkpoints;
    private @Nullable FileAuditLog log;
    private String problem = "";
    private volatile @Nullable SealedNotes notes;
    private volatile boolean encryptFull;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SealedFiles sealing;

    @Activate
    public AuditComponent(BundleContext context, AuditConfig config) {
        this.context = context;
        this.folder = folder(context);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "hearthwatch-audit-1");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        open();
        modified(config);
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalStateException("The framework property karaf.data names no state folder");
        }
        return Path.of(data, "hearthwatch", "audit");
    }

    private synchronized void open() {
        if (timer.isShutdown()) {
            return;
        }
        try {
            var opened = new FileAuditLog(
                    folder,
                    ORIGIN,
                    InstantSource.system(),
                    System::nanoTime,
                    new SecureRandom(),
                    () -> Optional.ofNullable(notes),
                    () -> Optional.ofNullable(sealing));
            opened.segmentBytes(segmentBytes);
            log = opened;
            opened.damage().ifPresent(damage -> LOG.error("{}. hw:audit-verify says more", damage));
            withdraw();
            offer(AuditLog.class, opened, Map.of());
            offer(AuditTrail.class, opened, Map.of());
            offer(AuditAnchors.class, opened, Map.of());
            offer(
                    Collector.class,
                    new AuditFigures(opened, InstantSource.system()),
                    Map.of(CollectorName.COLLECTOR, "audit", CollectorName.JOB, "hearthwatch"));
            opened.record(AuditEvent.own("appliance:start", "-", Outcome.ALLOWED, ""));
        } catch (IOException | AuditUnavailableException e) {
            refuse(e);
        }
    }

    private void refuse(Exception why) {
        String words =
                "The audit log in " + folder + " cannot be opened, so nothing may be changed: " + why.getMessage();
        if (!words.equals(problem)) {
            LOG.error("{}", words);
            problem = words;
        }
        if (services.isEmpty()) {
            AuditLog closed = event -> {
                throw new AuditUnavailableException(words);
            };
            offer(AuditLog.class, closed, Map.of());
        }
        ScheduledFuture<?> unused = timer.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private <T> void offer(Class<T> type, T service, Map<String, String> properties) {
        services.push(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }

    private void withdraw() {
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
    }

    /** Takes another interval; a wrong one is reported and the one before stays. */
    @Modified
    public synchronized void modified(AuditConfig config) {
        try {
            var reader = new SettingReader(AuditConfig.PID);
            Duration newInterval = reader.duration("checkpointInterval", config.checkpointInterval(), LEAST, MOST);
            segmentBytes = reader.bytes("segmentSize", config.segmentSize(), LEAST_SEGMENT, MOST_SEGMENT);
            encryptFull = config.encryptFull();
            interval = newInterval;
            current().ifPresent(open -> open.segmentBytes(segmentBytes));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The setting before stays in force.", e.getMessage());
        }
        if (checkpoints != null) {
            checkpoints.cancel(false);
        }
        checkpoints = timer.scheduleWithFixedDelay(
                () -> {
                    checkpoint();
                    encrypt();
                },
                interval.toSeconds(), interval.toSeconds(), TimeUnit.SECONDS);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindNotes(SealedNotes vault) {
        notes = vault;
        ScheduledFuture<?> unused = timer.schedule(this::useVault, VAULT_SECONDS, TimeUnit.SECONDS);
    }

    void unbindNotes(SealedNotes vault) {
        if (notes == vault) {
            notes = null;
        }
    }

    private void useVault() {
        Optional<FileAuditLog> open = current();
        try {
            if (open.isPresent() && notes != null) {
                open.get().useVault().ifPresent(words -> LOG.warn("{}", words));
            }
        } catch (IOException e) {
            LOG.warn("The keys of the audit log stay beside it: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The vault could not be used for the audit log", e);
        }
    }

    private void checkpoint() {
        useVault();
        Optional<FileAuditLog> open = current();
        try {
            if (open.isPresent()) {
                open.get().checkpoint();
            }
        } catch (IOException | AuditUnavailableException e) {
            LOG.error("The audit log in {} could not be signed: {}", folder, e.getMessage());
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("Signing the audit log failed", e);
        }
    }

    private void encrypt() {
        Optional<FileAuditLog> open = current();
        try {
            if (encryptFull && open.isPresent() && open.get().sealFull() > 0) {
                LOG.info("Full files of the audit log were encrypted");
            }
        } catch (IOException e) {
            LOG.warn("Full files of the audit log stay plain: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("Encrypting full files of the audit log failed", e);
        }
    }

    private synchronized Optional<FileAuditLog> current() {
        return Optional.ofNullable(log);
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
        synchronized (this) {
            withdraw();
            if (log != null) {
                try {
                    log.record(AuditEvent.own("appliance:stop", "-", Outcome.ALLOWED, ""));
                    log.checkpoint();
                } catch (AuditUnavailableException e) {
                    LOG.error("The end could not be written to the audit log: {}", e.getMessage());
                } catch (IOException e) {
                    LOG.info("No checkpoint was signed at the end: {}", e.getMessage());
                }
                try {
                    log.close();
                } catch (IOException e) {
                    LOG.error("The audit log in {} could not be closed: {}", folder, e.getMessage());
                }
            }
        }
    }
}
