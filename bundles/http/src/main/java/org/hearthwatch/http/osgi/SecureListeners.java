package org.hearthwatch.http.osgi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.hearthwatch.api.net.ServerTls;
import org.hearthwatch.http.HttpFigures;
import org.hearthwatch.http.jetty.SecurePorts;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS ports: open while there are addresses for them, TLS, and the main port. Nothing is done, and nothing of TLS is
 * loaded, while no address is set. Thread-safe.
 */
final class SecureListeners {

    private static final Logger LOG = LoggerFactory.getLogger(SecureListeners.class);

    private final BundleContext context;
    private final HttpFigures figures;
    private final Executor worker;
    private final Path announcement;
    private final Deque<ServiceRegistration<ConnectorFactory>> ports = new ArrayDeque<>();
    private final Map<InetSocketAddress, URI> open = new LinkedHashMap<>();
    private Optional<Settings> settings = Optional.empty();
    private Optional<ServerTls> tls = Optional.empty();
    private OptionalInt site = OptionalInt.empty();
    private boolean closed;

    /**
     * @param worker opens ports, as making keys and loading TLS takes a moment
     * @param announcement a file with the addresses that are open, for the script that starts the appliance
     */
    SecureListeners(BundleContext context, HttpFigures figures, Executor worker, Path announcement) {
        this.context = context;
        this.figures = figures;
        this.worker = worker;
        this.announcement = announcement;
    }

    synchronized void apply(Settings other) {
        boolean changes = settings.isEmpty() || !sameForPorts(settings.get(), other);
        settings = Optional.of(other);
        if (changes) {
            later();
        }
    }

    private static boolean sameForPorts(Settings one, Settings other) {
        return one.addresses().equals(other.addresses())
                && one.port().equals(other.port())
                && one.edge().hosts().equals(other.edge().hosts())
                && one.edge().sources().equals(other.edge().sources());
    }

    synchronized void tls(Optional<ServerTls> other) {
        tls = other;
        later();
    }

    /** Says which port the appliance is known by; empty while it is closed. */
    synchronized void site(OptionalInt port) {
        site = port;
        later();
    }

    /** Where HTTPS is served now. */
    synchronized List<URI> addresses() {
        return List.copyOf(open.values());
    }

    synchronized void close() {
        closed = true;
        closePorts();
    }

    private void later() {
        if (!closed
                && (!ports.isEmpty()
                        || (settings.isPresent() && !settings.get().addresses().isEmpty()))) {
            worker.execute(this::reopen);
        }
    }

    private synchronized void reopen() {
        closePorts();
        if (closed || settings.isEmpty() || tls.isEmpty() || site.isEmpty()) {
            return;
        }
        Settings now = settings.get();
        Set<InetSocketAddress> sockets = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        now.edge().hosts().stream().filter(host -> !host.startsWith("[")).forEach(names::add);
        for (ListenAddress address : now.addresses()) {
            try {
                for (InetSocketAddress socket : address.sockets()) {
                    sockets.add(socket);
                    names.addAll(ListenAddress.reachable(socket));
                }
            } catch (SocketException e) {
                LOG.error("HTTPS cannot be served on {}:{}: {}", address.host(), address.port(), e.getMessage());
            }
        }
        if (sockets.isEmpty()) {
            return;
        }
        try {
            Supplier<SSLEngine> engines = tls.get().engines(names);
            for (InetSocketAddress socket : sockets) {
                var factory = new SecurePorts(
                        socket,
                        now.port(),
                        now.edge().sources()::admits,
                        figures,
                        engines,
                        site.getAsInt(),
                        at -> listening(socket, at, now));
                ports.push(
                        context.registerService(ConnectorFactory.class, factory, FrameworkUtil.asDictionary(Map.of())));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("HTTPS cannot be served: {}", e.getMessage());
        }
    }

    private void closePorts() {
        while (!ports.isEmpty()) {
            ports.pop().unregister();
        }
    }

    private synchronized void listening(InetSocketAddress socket, Optional<InetSocketAddress> at, Settings now) {
        open.remove(socket);
        at.ifPresent(opened -> {
            URI uri = URI.create("https://" + host(opened, now) + ":" + opened.getPort());
            LOG.info("The web console listens on {}", uri);
            open.put(socket, uri);
        });
        announce();
    }

    /** The name people gave it, else its address, else one by which others reach it. */
    private static String host(InetSocketAddress socket, Settings now) {
        Optional<String> named = now.edge().hosts().stream().sorted().findFirst();
        if (named.isPresent()) {
            return named.get();
        }
        List<String> addresses = new ArrayList<>();
        try {
            addresses.addAll(ListenAddress.reachable(socket));
        } catch (SocketException e) {
            LOG.debug("The network interfaces cannot be read: {}", e.toString());
        }
        String address = addresses.stream()
                .filter(each -> !each.startsWith("127.") && each.indexOf(':') < 0)
                .findFirst()
                .or(() -> addresses.stream().findFirst())
                .orElse("127.0.0.1");
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    private void announce() {
        try {
            if (open.isEmpty()) {
                Files.deleteIfExists(announcement);
                return;
            }
            Files.createDirectories(announcement.getParent());
            Files.writeString(
                    announcement, open.values().stream().map(uri -> uri + "/\n").collect(Collectors.joining()));
        } catch (IOException e) {
            LOG.warn("The addresses of HTTPS cannot be written to {}: {}", announcement, e.toString());
        }
    }
}
