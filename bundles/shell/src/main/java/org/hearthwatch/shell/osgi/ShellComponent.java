package org.hearthwatch.shell.osgi;

import java.nio.file.Path;
import java.security.Security;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.sshd.server.SshServer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.hearthwatch.shell.Commands;
import org.hearthwatch.shell.DoorRecord;
import org.hearthwatch.shell.LateProvider;
import org.hearthwatch.shell.PlainLine;
import org.hearthwatch.shell.Services;
import org.hearthwatch.shell.ShellCommand;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Registers the commands with Karaf's shell. They are objects made here, not classes found by Karaf's {@code @Service}
 * scanner: that would make every command vanish while any service that any of them refers to is missing.
 */
@Component(service = {})
public final class ShellComponent implements Services {

    /** The framework property in which the launcher names the console's port on loopback. */
    private static final String PORT = "hearthwatch.http.port";

    private static final String DEFAULT_PORT = "8470";

    /** The framework property that names the state folder. */
    private static final String DATA = "karaf.data";

    private final BundleContext context;
    private final Registry registry;
    private final ConcurrentMap<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();
    private final List<KarafCommand> commands;
    private final ServiceTracker<SshServer, SshServer> servers;
    private final ServiceRegistration<CommandSessionListener> typed;
    private final ServiceRegistration<JaasRealm> realm;

    @Activate
    public ShellComponent(BundleContext context, @Reference SessionFactory shell) {
        this.context = context;
        registry = shell.getRegistry();
        String port = context.getProperty(PORT);
        String consoleAddress = "http://127.0.0.1:" + (port == null ? DEFAULT_PORT : port);
        var actors = new Actors(this, Path.of(String.valueOf(context.getProperty(DATA)), "operator", "id.pub"));
        List<ShellCommand> all = Commands.all(this, InstantSource.system(), ZoneId.systemDefault(), consoleAddress);
        commands =
                all.stream().map(command -> new KarafCommand(command, actors)).toList();
        commands.forEach(registry::register);
        Set<String> own = all.stream().map(command -> command.syntax().name()).collect(Collectors.toSet());
        var records = new DoorRecord(this, InstantSource.system());
        typed = context.registerService(
                CommandSessionListener.class,
                new TypedLines(actors, records, own),
                FrameworkUtil.asDictionary(Map.of()));
        var door = new SshDoor(actors, new PlainLine(all), records, own);
        servers = new ServiceTracker<>(context, SshServer.class, null) {
            @Override
            public SshServer addingService(ServiceReference<SshServer> reference) {
                SshServer server = super.addingService(reference);
                door.hangIn(server);
                return server;
            }
        };
        servers.open();
        // Karaf starts its SSH server after this bundle and finds Bouncy Castle under its name.
        Security.addProvider(new LateProvider(BouncyCastleProvider.PROVIDER_NAME, BouncyCastleProvider::new));
        // Only now is anybody let in.
        realm = context.registerService(
                JaasRealm.class, new KeyRealm(context.getBundle(), actors), FrameworkUtil.asDictionary(Map.of()));
    }

    @Deactivate
    void deactivate() {
        realm.unregister();
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
        typed.unregister();
        servers.close();
        commands.forEach(registry::unregister);
        trackers.values().forEach(ServiceTracker::close);
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        var tracker = trackers.computeIfAbsent(type, missing -> {
            var opened = new ServiceTracker<S, S>(context, type, null);
            opened.open();
            return opened;
        });
        return Optional.ofNullable(type.cast(tracker.getService()));
    }
}
