package org.hearthwatch.backup.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SealedFiles;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.backup.Archives;
import org.hearthwatch.backup.BackupFigures;
import org.hearthwatch.backup.BackupSettings;
import org.hearthwatch.backup.OldLogs;
import org.hearthwatch.backup.OwnFiles;
import org.hearthwatch.backup.Places;
import org.hearthwatch.backup.Surroundings;
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

/** Offers backups, and makes one when it is time. */
@Component(
        service = {},
        immediate = true,
        configurationPid = BackupConfig.PID)
@Designate(ocd = BackupConfig.class)
public final class BackupComponent implements Surroundings {

    private static final Logger LOG = LoggerFactory.getLogger(BackupComponent.class);
    private static final Backups.Opening OWN = new Backups.Opening(Optional.empty(), Optional.empty(), false);
    private static final long FIRST_LOOK_MINUTES = 10;
    private static final long FIRST_SIGNATURE_SECONDS = 45;
    private static final long LOOK_EVERY_MINUTES = 15;
    private static final long PATIENCE_SECONDS = 10;

    private final BundleContext context;
    private final Places places;
    private final Archives archives;
    private final ScheduledThreadPoolExecutor timer;
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final OldLogs logs;
    private volatile BackupSettings settings;
    private volatile boolean encryptLogs;
    private String told = "";
    private String toldOfDrills = "";
    private String toldOfLogs = "";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SealedNotes sealedNotes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Vault openVault;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Secrets secrets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable StoreAdmin storeAdmin;

    @Activate
    public BackupComponent(BundleContext context, BackupConfig config) {
        this.context = context;
        places = RestoreAtStart.places(context);
        settings = Settings.of(config, places.home().resolve("backups"));
        encryptLogs = config.encryptLogs();
        var files = new OwnFiles(places, this::notes, () -> settings.recipients(), new SecureRandom());
        logs = new OldLogs(Path.of(context.getProperty("karaf.log")), files);
        archives = new Archives(places, this, settings, InstantSource.system(), new SecureRandom());
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "hearthwatch-backup-1");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ScheduledFuture<?> unusedLook =
                timer.scheduleWithFixedDelay(this::look, FIRST_LOOK_MINUTES, LOOK_EVERY_MINUTES, TimeUnit.MINUTES);
        // Before that the vault is not open; then what an upgrade made is signed, and the public keys are known for the
        // next.
        ScheduledFuture<?> unusedSignature = timer.schedule(
                () -> told = doing(told, archives::signWaiting), FIRST_SIGNATURE_SECONDS, TimeUnit.SECONDS);
        noteTarget();
        services.push(context.registerService(Backups.class, archives, FrameworkUtil.asDictionary(Map.of())));
        services.push(context.registerService(SealedFiles.class, files, FrameworkUtil.asDictionary(Map.of())));
        services.push(context.registerService(
                Collector.class,
                new BackupFigures(archives, InstantSource.system()),
                FrameworkUtil.asDictionary(
                        Map.of(CollectorName.COLLECTOR, "backup", CollectorName.JOB, "hearthwatch"))));
    }

    @Modified
    void modified(BackupConfig config) {
        try {
            settings = Settings.of(config, places.home().resolve("backups"));
            encryptLogs = config.encryptLogs();
            archives.apply(settings);
            noteTarget();
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
        }
    }

    private void noteTarget() {
        try {
            archives.noteTarget();
        } catch (BackupException e) {
            LOG.error("{}", e.getMessage());
        }
    }

    private void look() {
        told = doing(told, () -> {
            archives.signWaiting();
            makeWhenDue();
        });
        toldOfDrills = doing(toldOfDrills, this::drillWhenDue);
        toldOfLogs = doing(toldOfLogs, this::sealLogs);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws BackupException;
    }

    /** @return what was told of a failure, which is told once as long as it stays the same */
    private static String doing(String told, Step step) {
        try {
            step.run();
            return "";
        } catch (BackupException e) {
            String words = String.valueOf(e.getMessage());
            if (!words.equals(told)) {
                LOG.error("{}", words);
            }
            return words;
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("A backup failed", e);
            return told;
        }
    }

    private void makeWhenDue() throws BackupException {
        BackupSettings now = settings;
        List<Backups.Archive> all = archives.list();
        if (isDue(
                now.every(),
                all.stream().map(Backups.Archive::created),
                InstantSource.system().instant())) {
            Backups.Archive made = archives.create(now.samples());
            LOG.info("A backup was made: {}, {} bytes", made.file(), made.bytes());
            archives.warnings().forEach(warning -> LOG.warn("{}", warning));
        }
    }

    private void drillWhenDue() throws BackupException {
        List<Backups.Archive> all = archives.list();
        if (!all.isEmpty()
                && isDue(
                        settings.drillEvery(),
                        archives.lastDrill().map(Backups.Drill::time).stream(),
                        InstantSource.system().instant())) {
            Backups.Archive newest = all.get(0);
            archives.drill(newest.file(), OWN)
                    .forEach(found -> LOG.info("Unpacked {} on trial: {}", newest.name(), found));
        }
    }

    private void sealLogs() throws BackupException {
        try {
            if (encryptLogs && logs.seal() > 0) {
                LOG.info("Full log files were encrypted");
            }
        } catch (IOException e) {
            throw new BackupException("Full log files stay plain: " + e.getMessage(), e);
        }
    }

    /** What was made while the clock was ahead does not count: nothing would be made until that time comes. */
    static boolean isDue(Optional<Duration> every, Stream<Instant> made, Instant now) {
        return every.isPresent()
                && made.filter(time -> !time.isAfter(now))
                        .allMatch(time -> Duration.between(time, now).compareTo(every.get()) >= 0);
    }

    @Override
    public Optional<SealedNotes> notes() {
        return Optional.ofNullable(sealedNotes);
    }

    @Override
    public Optional<Vault> vault() {
        return Optional.ofNullable(openVault);
    }

    @Override
    public Optional<StoreAdmin> store() {
        return Optional.ofNullable(storeAdmin);
    }

    @Override
    public Secret open(SecretRef reference) throws SecretUnavailableException {
        Secrets known = secrets;
        if (known == null) {
            throw new SecretUnavailableException(
                    reference + " needs the vault, which is not running; hw:doctor says why");
        }
        return known.open(reference);
    }

    @Override
    public String version() {
        return RestoreAtStart.version(context);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
        timer.shutdownNow();
        if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A backup that is under way does not end; its thread is left behind");
        }
    }
}
