package org.hearthwatch.transport.osgi;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Certificates;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.ServerTls;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.Promises;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.transport.certificate.ServerCertificate;
import org.hearthwatch.transport.egress.AuthorityFiles;
import org.hearthwatch.transport.egress.EgressFigures;
import org.hearthwatch.transport.egress.EgressGate;
import org.hearthwatch.transport.egress.EgressRules;
import org.hearthwatch.transport.egress.OutgoingTls;
import org.hearthwatch.transport.profile.FileProfiles;
import org.hearthwatch.transport.profile.PromiseTable;
import org.hearthwatch.transport.profile.SecretAnswers;
import org.hearthwatch.transport.profile.TransportAnswers;
import org.hearthwatch.transport.server.TlsFigures;
import org.hearthwatch.transport.server.TlsServer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
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
 * Puts the gate for outgoing connections up, and TLS for our own listeners. With settings that are wrong from the start
 * nothing may leave.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = TransportConfig.PID)
@Designate(ocd = TransportConfig.class)
public final class TransportComponent {

    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);
    private static final int LOOK_SECONDS = 5;

    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final ServerCertificate certificate;
    private final TlsServer server;
    private final ScheduledExecutorService timer;
    private volatile Settings settings;
    private String told = "";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Secrets secrets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SealedNotes notes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Vault vault;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Users users;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Collection<Promises> promises = new CopyOnWriteArrayList<>();

    @Activate
    public TransportComponent(BundleContext context, TransportConfig config) {
        settings = Settings.of(config);
        var files = new AuthorityFiles();
        var random = new SecureRandom();
        String host = hostName();
        certificate = new ServerCertificate(
                folder(context),
                host,
                ownNames(host),
                InstantSource.system(),
                random,
                BouncyCastleProvider::new,
                () -> Optional.ofNullable(secrets),
                () -> Optional.ofNullable(notes));
        certificate.configure(settings.certificate());
        server = new TlsServer(certificate, () -> files.certificates(settings.clientAuthorities()), random);

        var figures = new EgressFigures();
        var tls = new OutgoingTls(this::rules, () -> files.certificates(settings.authorities()), figures);
        offer(context, Collector.class, figures, name("transport"));
        offer(context, Collector.class, new TlsFigures(server), name("transport-certificate"));
        offer(context, Egress.class, new EgressGate(this::rules, InetAddress::getAllByName, tls, figures), Map.of());
        offer(context, ServerTls.class, server, Map.of());
        offer(context, Certificates.class, server, Map.of());
        var profiles = new FileProfiles(etc(context), () -> settings.profile());
        offer(context, SecurityProfiles.class, profiles, Map.of());
        var answers = new TransportAnswers(this::rules, server, profiles, InstantSource.system());
        Map<String, Supplier<PromiseTable.Answer>> closer = new HashMap<>(answers.all());
        closer.putAll(new SecretAnswers(() -> Optional.ofNullable(vault), () -> Optional.ofNullable(users)).all());
        offer(
                context,
                PromiseBook.class,
                new PromiseTable(name -> runs(context, name), closer, () -> promises),
                Map.of());

        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "hearthwatch-transport-1");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private <T> void offer(BundleContext context, Class<T> type, T service, Map<String, String> properties) {
        services.push(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }

    private static Map<String, String> name(String collector) {
        return Map.of(CollectorName.COLLECTOR, collector, CollectorName.JOB, "hearthwatch");
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalStateException("The framework property karaf.data names no state folder");
        }
        return Path.of(data, "hearthwatch", "transport");
    }

    private static Path etc(BundleContext context) {
        String home = context.getProperty("hearthwatch.home");
        if (home == null) {
            throw new IllegalStateException("The framework property hearthwatch.home names no home");
        }
        return Path.of(home, "etc");
    }

    private static boolean runs(BundleContext context, String name) {
        return Stream.of(context.getBundles())
                .anyMatch(bundle -> ("org.hearthwatch." + name).equals(bundle.getSymbolicName())
                        && (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING));
    }

    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .trim()
                    .toLowerCase(Locale.ROOT);
            return name.matches("[a-z0-9]([a-z0-9.-]{0,62})") ? name : "localhost";
        } catch (IOException e) {
            LOG.warn("The name of this machine cannot be read, so its certificate does not have it: {}", e.toString());
            return "localhost";
        }
    }

    private static Set<String> ownNames(String host) {
        return new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", host));
    }

    private EgressRules rules() {
        return settings.egress();
    }

    private void look() {
        try {
            server.refresh();
            useVault();
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("Could not look after the certificate", e);
        }
    }

    /** Opens no vault: that takes time, and others do it soon. */
    private void useVault() {
        Vault known = vault;
        if (known == null || !certificate.hasKeyFiles(true)) {
            return;
        }
        Vault.Status status = known.status();
        if (status.state() != Vault.State.UNSEALED || !certificate.hasKeyFiles(status.unattended())) {
            return;
        }
        try {
            List<String> moved = certificate.useVault(status.unattended());
            LOG.info("The vault has {} now, and the files are gone", String.join(", ", moved));
            told = "";
        } catch (IOException e) {
            String words = String.valueOf(e.getMessage());
            if (!words.equals(told)) {
                told = words;
                LOG.warn("The keys of certificates stay in files: {}", words);
            }
        }
    }

    /** Takes other settings; wrong ones are reported and those before stay. */
    @Modified
    public void modified(TransportConfig config) {
        try {
            settings = Settings.of(config);
            certificate.configure(settings.certificate());
            timer.execute(this::look);
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
        }
    }

    @Deactivate
    public void deactivate() {
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
        timer.shutdownNow();
    }
}
