package org.hearthwatch.secret.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.audit.AuditAnchors;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.secret.PlaceHolders;
import org.hearthwatch.secret.SecretFigures;
import org.hearthwatch.secret.SecretSources;
import org.hearthwatch.secret.WitnessedSecrets;
import org.hearthwatch.secret.memory.HeapPage;
import org.hearthwatch.secret.memory.NativePage;
import org.hearthwatch.secret.token.Pkcs11Tokens;
import org.hearthwatch.secret.vault.FileVault;
import org.hearthwatch.secret.vault.MachineKeys;
import org.hearthwatch.secret.vault.Records;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
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
 * Offers the vault and what stands on it. Opening it takes time that a start does not have, so it is opened when a secret is
 * first asked for, and otherwise a little later.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = SecretConfig.PID)
@Designate(ocd = SecretConfig.class)
public final class SecretComponent {

    private static final Logger LOG = LoggerFactory.getLogger(SecretComponent.class);

    private static final long FIRST_LOOK_SECONDS = 15;
    private static final long LOOK_EVERY_SECONDS = 3600;
    private static final long MOST_WRITES = 1L << 30;

    private final ConfigurationAdmin configurations;
    private final ScheduledThreadPoolExecutor timer;
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final List<SecretRotation> rotations = new CopyOnWriteArrayList<>();
    private final FileVault vault;
    private volatile Settings settings;
    private volatile @Nullable AuditAnchors anchors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable AuditLog audit;

    private String told = "";

    @Activate
    public SecretComponent(BundleContext context, SecretConfig config, @Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
        settings = Settings.of(config);
        Path folder = folder(context);
        var random = new SecureRandom();
        var machine = new MachineKeys(
                Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).map(Path::of),
                folder.resolve("vault.key"),
                random);
        vault = new FileVault(
                folder.resolve("vault"),
                machine,
                new Pkcs11Tokens(random),
                () -> NativePage.open().orElseGet(HeapPage::new),
                () -> Optional.ofNullable(anchors),
                InstantSource.system(),
                random);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "hearthwatch-secret-1");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        vault.createsItself(settings.createAtFirstStart());
        var records = new Records(vault, () -> rotations);
        var sources = new SecretSources(records, System.getenv());
        offer(context, Vault.class, vault, Map.of());
        offer(context, SecretStore.class, records, Map.of());
        offer(context, SealedNotes.class, records.notes(), Map.of());
        var witnessed = new WitnessedSecrets(sources, () -> Optional.ofNullable(audit), InstantSource.system());
        services.push(context.registerService(
                Secrets.class, new EachReader(witnessed), FrameworkUtil.asDictionary(Map.of())));
        offer(
                context,
                ConfigurationPlugin.class,
                new SecretPlugin(new PlaceHolders(witnessed.readBy("configuration"))),
                Map.of(ConfigurationPlugin.CM_RANKING, 600));
        offer(
                context,
                Collector.class,
                new SecretFigures(vault, sources, InstantSource.system()),
                Map.of(CollectorName.COLLECTOR, "secret", CollectorName.JOB, "hearthwatch"));
        timer.execute(this::deliverAgain);
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, FIRST_LOOK_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalStateException("The framework property karaf.data names no state folder");
        }
        return Path.of(data, "hearthwatch", "vault");
    }

    /** Secrets for each bundle under its own name. */
    private record EachReader(WitnessedSecrets secrets) implements ServiceFactory<Secrets> {

        private static final String OURS = "org.hearthwatch.";

        @Override
        public Secrets getService(Bundle bundle, ServiceRegistration<Secrets> registration) {
            String name = String.valueOf(bundle.getSymbolicName());
            return secrets.readBy(name.startsWith(OURS) ? name.substring(OURS.length()) : name);
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Secrets> registration, Secrets service) {
            // It holds nothing.
        }
    }

    private <T> void offer(BundleContext context, Class<T> type, T service, Map<String, ?> properties) {
        services.push(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }

    @Modified
    void modified(SecretConfig config) {
        try {
            settings = Settings.of(config);
            vault.createsItself(settings.createAtFirstStart());
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAnchors(AuditAnchors known) {
        anchors = known;
        timer.execute(this::checkGeneration);
    }

    void unbindAnchors(AuditAnchors known) {
        if (anchors == known) {
            anchors = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRotation(SecretRotation rotation) {
        rotations.add(rotation);
    }

    void unbindRotation(SecretRotation rotation) {
        rotations.remove(rotation);
    }

    private void checkGeneration() {
        try {
            vault.checkGeneration();
        } catch (VaultException e) {
            LOG.error("{}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The vault's generation could not be checked", e);
        }
    }

    /** What was delivered before this bundle came went out with place holders in it. */
    private void deliverAgain() {
        try {
            Configuration[] all = configurations.listConfigurations(null);
            for (Configuration each : all == null ? new Configuration[0] : all) {
                var properties = each.getProperties();
                boolean holds = properties != null
                        && Collections.list(properties.elements()).stream()
                                .flatMap(SecretPlugin::texts)
                                .anyMatch(text -> !PlaceHolders.names(text).isEmpty());
                if (holds) {
                    each.update();
                }
            }
        } catch (IOException | InvalidSyntaxException | RuntimeException e) {
            LOG.error("Configurations with place holders for secrets could not be delivered again: {}", e.toString());
        }
    }

    /** Opens the vault where nobody asked for a secret yet, and makes new keys when it is time. */
    private void look() {
        try {
            boolean isNew = vault.status().state() == Vault.State.ABSENT;
            if (isNew && !settings.createAtFirstStart()) {
                return;
            }
            vault.unsealUnattended();
            Vault.Status status = vault.status();
            if (isNew) {
                LOG.info("A vault for secrets was made: {}", status.file());
                status.protections()
                        .forEach(line -> LOG.warn(
                                "The vault opens by itself. {}. hw:vault-slot-add adds safer ways,"
                                        + " hw:vault-slot-remove takes this one away",
                                line));
            }
            told = "";
            rotate(status);
        } catch (VaultException e) {
            String words = String.valueOf(e.getMessage());
            if (!words.equals(told)) {
                told = words;
                LOG.warn("The vault is not open: {}", words);
            }
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("The vault could not be looked after", e);
        }
    }

    private void rotate(Vault.Status status) throws VaultException {
        Instant now = InstantSource.system().instant();
        boolean old = status.keysSince()
                .map(since -> Duration.between(since, now).compareTo(settings.rotateAfter()) > 0)
                .orElse(false);
        if (old || status.writes() > MOST_WRITES) {
            vault.rotate();
            LOG.info("The vault has new keys, and everything in it was encrypted anew");
        }
    }

    @Deactivate
    void deactivate() {
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
        timer.shutdownNow();
        vault.forget();
    }
}
