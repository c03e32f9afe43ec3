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
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.health.Doctor;
import org.hearthwatch.api.health.SettingsInForce;
import org.hearthwatch.api.net.Pins;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.api.web.ServedRoutes;
import org.hearthwatch.api.web.WebAddress;
import org.hearthwatch.http.json.AccountRoutes;
import org.hearthwatch.http.json.ApplianceRoutes;
import org.hearthwatch.http.json.AuditRoutes;
import org.hearthwatch.http.json.BackupRoutes;
import org.hearthwatch.http.json.ChannelRoutes;
import org.hearthwatch.http.json.DataClassRoutes;
import org.hearthwatch.http.json.GroupRoutes;
import org.hearthwatch.http.json.LiveRoutes;
import org.hearthwatch.http.json.Needed;
import org.hearthwatch.http.json.PasskeyRoutes;
import org.hearthwatch.http.json.PasskeySignInRoutes;
import org.hearthwatch.http.json.PinRoutes;
import org.hearthwatch.http.json.PluginRoutes;
import org.hearthwatch.http.json.ProfileRoutes;
import org.hearthwatch.http.json.ReadinessRoutes;
import org.hearthwatch.http.json.RoutingRoutes;
import org.hearthwatch.http.json.SessionRoutes;
import org.hearthwatch.http.json.SignInRoutes;
import org.hearthwatch.http.json.SshKeyRoutes;
import org.hearthwatch.http.json.TokenRoutes;
import org.hearthwatch.http.json.TrustRoutes;
import org.hearthwatch.http.json.UserRoutes;
import org.hearthwatch.http.json.VaultRoutes;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The JSON API: always there, with 503 where the service behind a route is not. */
@Component(service = Routes.class)
public final class JsonApiComponent implements Routes, SignInRoutes.Doors {

    private static final int LIVE_THREADS = 2;

    private final AtHand services;
    private final ScheduledThreadPoolExecutor live;

    @Activate
    public JsonApiComponent(BundleContext context) {
        services = new AtHand(context);
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
        services.close();
    }

    @Override
    public List<Route> routes() {
        return Stream.of(people(), house(), alerting(), guards())
                .flatMap(part -> part)
                .flatMap(each -> each.routes().stream())
                .toList();
    }

    private Stream<Routes> people() {
        Needed<Sessions> sessions = access(Sessions.class);
        Needed<Users> users = access(Users.class);
        Needed<SecondFactors> factors = access(SecondFactors.class);
        Needed<Passkeys> passkeys = access(Passkeys.class);
        Needed<AuditLog> audit = services.needed("audit log", AuditLog.class);
        return Stream.of(
                new SignInRoutes(
                        sessions, access(Setup.class), audit, () -> services.find(Users.class), this, this::port),
                new PasskeySignInRoutes(passkeys, sessions, audit, this::port),
                new PasskeyRoutes(passkeys, this::port),
                new AccountRoutes(users, factors, sessions),
                new SessionRoutes(sessions, services.needed("port", ServedRoutes.class)),
                new UserRoutes(users, factors),
                new GroupRoutes(access(Groups.class)),
                new TokenRoutes(access(Tokens.class)),
                new SshKeyRoutes(access(SshKeys.class)));
    }

    private Stream<Routes> house() {
        return Stream.of(
                new ApplianceRoutes(
                        services.needed("appliance's own monitoring", Appliance.class),
                        services.needed("doctor", Doctor.class),
                        services.needed("collector runner", Collectors.class)),
                new PluginRoutes(services.needed("plugin service", Plugins.class)),
                new TrustRoutes(services.needed("plugin service", TrustStore.class)),
                new LiveRoutes(services.needed("query engine", QueryEngine.class), live, InstantSource.system()),
                new ReadinessRoutes(List.of(
                        new ReadinessRoutes.Part(
                                "store", () -> services.has(SampleWriter.class) && services.has(SeriesReader.class)),
                        new ReadinessRoutes.Part("query engine", () -> services.has(QueryEngine.class)),
                        new ReadinessRoutes.Part("collector runner", () -> services.has(Collectors.class)),
                        new ReadinessRoutes.Part("access service", () -> services.has(Users.class)))));
    }

    private Stream<Routes> alerting() {
        return Stream.of(
                new RoutingRoutes(
                        services.needed("delivery of alerts", Routing.class),
                        services.needed("delivery of alerts", AlertDesk.class)),
                new ChannelRoutes(services.needed("appliance's own monitoring", SettingsForms.class)));
    }

    private Stream<Routes> guards() {
        return Stream.of(
                new VaultRoutes(services.needed("vault", Vault.class), services.needed("vault", SecretStore.class)),
                new BackupRoutes(services.needed("backup service", Backups.class)),
                new AuditRoutes(services.needed("audit log", AuditTrail.class)),
                new ProfileRoutes(
                        services.needed("transport bundle", SecurityProfiles.class),
                        services.needed("transport bundle", PromiseBook.class)),
                new PinRoutes(services.needed("gate for connections", Pins.class)),
                new DataClassRoutes(services.needed("list of settings", SettingsInForce.class)));
    }

    private <T> Needed<T> access(Class<T> type) {
        return services.needed("access service", type);
    }

    @Override
    public Optional<FederatedSignIn> federated() {
        return services.find(FederatedSignIn.class);
    }

    @Override
    public Optional<ForwardedIdentity> forwarded() {
        return services.find(ForwardedIdentity.class);
    }

    @Override
    public Optional<Passkeys> passkeys() {
        return services.find(Passkeys.class);
    }

    private int port() {
        return services.find(WebAddress.class)
                .map(address -> address.local().getPort())
                .orElse(0);
    }
}
