package org.hearthwatch.http.osgi;

import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.ServerTls;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.api.web.ServedRoutes;
import org.hearthwatch.api.web.WebAddress;
import org.hearthwatch.http.Edge;
import org.hearthwatch.http.jetty.PortLimits;
import org.hearthwatch.http.jetty.Ports;
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
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the edge between Felix HTTP and the routes of all bundles. */
@Component(
        service = {},
        immediate = true,
        configurationPid = HttpConfig.PID)
@Designate(ocd = HttpConfig.class)
public final class HttpComponent {

    private static final Logger LOG = LoggerFactory.getLogger(HttpComponent.class);
    private static final int HEARTBEAT_SECONDS = 15;

    private final BundleContext context;
    private final Edge edge;
    private final ScheduledExecutorService timer;
    private final SecureListeners secure;
    private final ServiceRegistration<Servlet> servlet;
    private final ServiceRegistration<ServedRoutes> served;
    private final ServiceRegistration<Collector> figures;
    private PortLimits limits;
    private ServiceRegistration<ConnectorFactory> ports;
    private @Nullable ServiceRegistration<WebAddress> address;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Sessions sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Tokens tokens;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable AuditLog audit;

    @Activate
    public HttpComponent(BundleContext context, HttpConfig config) {
        this.context = context;
        Settings settings = Settings.of(config);
        limits = settings.port();
        edge = new Edge(
                settings.edge(),
                () -> Optional.ofNullable(sessions),
                () -> Optional.ofNullable(tokens),
                () -> Optional.ofNullable(audit));
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "hearthwatch-http-1");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);

        secure = new SecureListeners(context, edge.figures(), timer, announcement(context));
        secure.apply(settings);

        servlet = context.registerService(
                Servlet.class,
                edge.servlet(),
                FrameworkUtil.asDictionary(Map.of(
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME, "hearthwatch",
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, "/*",
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED, true)));

        served = context.registerService(ServedRoutes.class, edge::routes, FrameworkUtil.asDictionary(Map.of()));
        figures = context.registerService(
                Collector.class,
                edge.figures(),
                FrameworkUtil.asDictionary(Map.of(CollectorName.COLLECTOR, "http", CollectorName.JOB, "hearthwatch")));
        ports = open(limits);
    }

    private static Path announcement(BundleContext context) {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalStateException("The framework property karaf.data names no state folder");
        }
        return Path.of(data, "hearthwatch", "http", "https-addresses");
    }

    private ServiceRegistration<ConnectorFactory> open(PortLimits portLimits) {
        var factory = new Ports(portLimits, edge.figures(), this::listening);
        return context.registerService(ConnectorFactory.class, factory, FrameworkUtil.asDictionary(Map.of()));
    }

    @Modified
    synchronized void modified(HttpConfig config) {
        try {
            Settings settings = Settings.of(config);
            edge.apply(settings.edge());
            secure.apply(settings);
            if (!settings.port().equals(limits)) {
                limits = settings.port();
                ports.unregister();
                ports = open(limits);
            }
        } catch (InvalidSettingException e) {
            LOG.error("{}; the former settings stay in force", e.getMessage());
        }
    }

    @Deactivate
    synchronized void deactivate() {
        edge.close();
        secure.close();
        ports.unregister();
        servlet.unregister();
        served.unregister();
        figures.unregister();
        timer.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRoutes(Routes routes) {
        edge.add(routes);
    }

    void unbindRoutes(Routes routes) {
        edge.remove(routes);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindTls(ServerTls tls) {
        secure.tls(Optional.of(tls));
    }

    void unbindTls(ServerTls tls) {
        secure.tls(Optional.empty());
    }

    /** Called by the port when it opens and when it closes. */
    private void listening(Optional<InetSocketAddress> at) {
        secure.site(at.isPresent() ? OptionalInt.of(at.get().getPort()) : OptionalInt.empty());
        ServiceRegistration<WebAddress> former = address;
        address = null;
        if (former != null) {
            former.unregister();
        }
        at.ifPresent(socket -> {
            URI local = URI.create("http://" + hostName(socket) + ":" + socket.getPort());
            LOG.info("The web console listens on {}", local);
            address = context.registerService(
                    WebAddress.class, new Addresses(local, secure), FrameworkUtil.asDictionary(Map.of()));
        });
    }

    private record Addresses(URI local, SecureListeners listeners) implements WebAddress {

        @Override
        public List<URI> secure() {
            return listeners.addresses();
        }
    }

    /** The address to open on this machine: of a port on all addresses, loopback. */
    private static String hostName(InetSocketAddress socket) {
        if (socket.getAddress() == null || socket.getAddress().isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String host = socket.getAddress().getHostAddress();
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private void beat() {
        try {
            edge.beat();
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer.
            LOG.error("Could not send heartbeats to event streams", e);
        }
    }
}
