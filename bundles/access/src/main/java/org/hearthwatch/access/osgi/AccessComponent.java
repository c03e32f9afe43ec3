package org.hearthwatch.access.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.access.Access;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.Groups;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.SecondFactors;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.web.WebAddress;
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

/** Opens the state folder and offers {@link Users}, {@link Tokens}, {@link Sessions} and {@link Setup} while it is open. */
@Component(
        service = {},
        immediate = true,
        configurationPid = AccessConfig.PID)
@Designate(ocd = AccessConfig.class)
public final class AccessComponent {

    private static final Logger LOG = LoggerFactory.getLogger(AccessComponent.class);

    private final Access access;
    private final ScheduledExecutorService timer;
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private String told = "";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SealedNotes notes;

    @Activate
    public AccessComponent(BundleContext context, AccessConfig config) {
        var random = new SecureRandom();
        access = new Access(
                folder(context),
                Settings.of(config),
                InstantSource.system(),
                random,
                () -> Optional.ofNullable(notes));
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "hearthwatch-access-1");
            thread.setDaemon(true);
            return thread;
        });
        timer.execute(this::setUpFromEnvironment);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.MINUTES);
        offer(context, Users.class, access.users());
        offer(context, Tokens.class, access.tokens());
        offer(context, Sessions.class, access.sessions());
        offer(context, Setup.class, access.setup());
        offer(context, Groups.class, access.groups());
        offer(context, SshKeys.class, access.sshKeys());
        offer(context, SecondFactors.class, access.secondFactors());
        offer(context, Passkeys.class, access.passkeys());
        offer(context, ExternalSignIn.class, access.externalSignIn());
        services.push(context.registerService(
                Collector.class,
                access.figures(),
                FrameworkUtil.asDictionary(
                        Map.of(CollectorName.COLLECTOR, "access", CollectorName.JOB, "hearthwatch"))));
    }

    @Modified
    void modified(AccessConfig config) {
        try {
            access.apply(Settings.of(config));
        } catch (InvalidSettingException e) {
            LOG.error("{}; the former settings stay in force", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
        timer.shutdownNow();
        access.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAddress(WebAddress address) {
        timer.execute(() -> access.consoleAt(Optional.of(address.local())));
    }

    void unbindAddress(WebAddress address) {
        if (!timer.isShutdown()) {
            timer.execute(() -> access.consoleAt(Optional.empty()));
        }
    }

    private <T> void offer(BundleContext context, Class<T> type, T service) {
        services.push(context.registerService(type, service, FrameworkUtil.asDictionary(Map.of())));
    }

    private void setUpFromEnvironment() {
        if (!access.setup().needed()) {
            return;
        }
        try {
            new UnattendedSetup(System.getenv()).run(access);
        } catch (IOException e) {
            LOG.error("Unattended set-up failed: {} The set-up link can be used instead.", e.getMessage());
        }
    }

    /** Not while the appliance starts, as opening a vault takes time: the first tick is a minute later. */
    private void useVault() {
        try {
            if (access.useVault()) {
                LOG.info("The key of second factors is in the vault now, and its file is gone");
            }
            told = "";
        } catch (IOException e) {
            String words = String.valueOf(e.getMessage());
            if (!words.equals(told)) {
                told = words;
                LOG.warn("The key of second factors stays in its file: {}", words);
            }
        }
    }

    private void tick() {
        try {
            access.tick();
            useVault();
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("Could not renew the set-up link or write times of last use", e);
        }
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalStateException("The framework property karaf.data names no state folder");
        }
        return Path.of(data, "hearthwatch", "access");
    }
}
