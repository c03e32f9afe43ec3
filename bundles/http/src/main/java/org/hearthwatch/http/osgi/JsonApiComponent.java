package org.hearthwatch.http.osgi;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.access.ForwardedIdentity;
import org.hearthwatch.api.access.Groups;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.SecondFactors;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.health.Doctor;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.api.web.ServedRoutes;
import org.hearthwatch.api.web.WebAddress;
import org.hearthwatch.http.json.AccountRoutes;
import org.hearthwatch.http.json.ApplianceRoutes;
import org.hearthwatch.http.json.BackupRoutes;
import org.hearthwatch.http.json.GroupRoutes;
import org.hearthwatch.http.json.LiveRoutes;
import org.hearthwatch.http.json.Needed;
import org.hearthwatch.http.json.PasskeyRoutes;
import org.hearthwatch.http.json.PasskeySignInRoutes;
import org.hearthwatch.http.json.PluginRoutes;
import org.hearthwatch.http.json.ReadinessRoutes;
import org.hearthwatch.http.json.SessionRoutes;
import org.hearthwatch.http.json.SignInRoutes;
import org.hearthwatch.http.json.TokenRoutes;
import org.hearthwatch.http.json.UserRoutes;
import org.hearthwatch.http.json.VaultRoutes;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The JSON API: always there, with 503 where the service behind a route is not. */
@Component(service = Routes.class)
public final class JsonApiComponent implements Routes, SignInRoutes.Doors {

    private static final int LIVE_THREADS = 2;

    private final ScheduledThreadPoolExecutor live;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Sessions sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Setup setup;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Tokens tokens;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Users users;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Appliance appliance;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Doctor doctor;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Collectors collectors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Plugins plugins;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable QueryEngine queryEngine;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SampleWriter sampleWriter;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SeriesReader seriesReader;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable WebAddress webAddress;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Groups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Vault vault;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SecondFactors factors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Passkeys passkeys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable FederatedSignIn federated;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ForwardedIdentity forwarded;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ServedRoutes served;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SecretStore secrets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Backups backups;

    @Activate
    public JsonApiComponent() {
        var number = new AtomicInteger();
        live = new ScheduledThreadPoolExecutor(LIVE_THREADS, task -> {
            var thread = new Thread(task, "hearthwatch-http-live-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        live.setRemoveOnCancelPolicy(true);
    }

    @Deactivate
    void deactivate() {
        live.shutdownNow();
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        new SignInRoutes(
                                Needed.of("access service", () -> sessions),
                                Needed.of("access service", () -> setup),
                                Needed.of("audit log", () -> audit),
                                this,
                                this::port),
                        new PasskeySignInRoutes(
                                Needed.of("access service", () -> passkeys),
                                Needed.of("access service", () -> sessions),
                                Needed.of("audit log", () -> audit),
                                this::port),
                        new PasskeyRoutes(Needed.of("access service", () -> passkeys), this::port),
                        new AccountRoutes(
                                Needed.of("access service", () -> users),
                                Needed.of("access service", () -> factors),
                                Needed.of("access service", () -> sessions)),
                        new SessionRoutes(Needed.of("access service", () -> sessions), Needed.of("port", () -> served)),
                        new GroupRoutes(Needed.of("access service", () -> groups)),
                        new TokenRoutes(Needed.of("access service", () -> tokens)),
                        new UserRoutes(
                                Needed.of("access service", () -> users), Needed.of("access service", () -> factors)),
                        new ApplianceRoutes(
                                Needed.of("appliance's own monitoring", () -> appliance),
                                Needed.of("doctor", () -> doctor),
                                Needed.of("collector runner", () -> collectors)),
                        new PluginRoutes(Needed.of("plugin service", () -> plugins)),
                        new VaultRoutes(Needed.of("vault", () -> vault), Needed.of("vault", () -> secrets)),
                        new BackupRoutes(Needed.of("backup service", () -> backups)),
                        new LiveRoutes(Needed.of("query engine", () -> queryEngine), live, InstantSource.system()),
                        new ReadinessRoutes(List.of(
                                new ReadinessRoutes.Part("store", () -> sampleWriter != null && seriesReader != null),
                                new ReadinessRoutes.Part("query engine", () -> queryEngine != null),
                                new ReadinessRoutes.Part("collector runner", () -> collectors != null),
                                new ReadinessRoutes.Part("access service", () -> users != null))))
                .flatMap(each -> each.routes().stream())
                .toList();
    }

    @Override
    public Optional<FederatedSignIn> federated() {
        return Optional.ofNullable(federated);
    }

    @Override
    public Optional<ForwardedIdentity> forwarded() {
        return Optional.ofNullable(forwarded);
    }

    @Override
    public Optional<Passkeys> passkeys() {
        return Optional.ofNullable(passkeys);
    }

    private int port() {
        WebAddress address = webAddress;
        return address == null ? 0 : address.local().getPort();
    }
}
