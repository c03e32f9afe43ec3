package org.hearthwatch.http.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.hearthwatch.http.HttpFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives Felix HTTP our port in place of the plain one it has opened: the same address, taken over. So the address is set where
 * Felix HTTP has it, in {@code etc/org.apache.felix.http.cfg}, and Jetty starts in whatever order bundles do; until the take-over
 * the dispatcher serves nothing.
 */
public final class Ports implements ConnectorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    /** Where a server remembers its address between two of our ports. */
    private static final String ADDRESS = "org.hearthwatch.http.address";

    private final PortLimits limits;
    private final HttpFigures figures;
    private final Consumer<Optional<InetSocketAddress>> listening;

    /** @param listening told the address when the port is open, and empty before it closes */
    public Ports(PortLimits limits, HttpFigures figures, Consumer<Optional<InetSocketAddress>> listening) {
        this.limits = limits;
        this.figures = figures;
        this.listening = listening;
    }

    @Override
    public Connector createConnector(Server server) {
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof ServerConnector plain && !(connector instanceof Port)) {
                server.setAttribute(ADDRESS, new InetSocketAddress(hostOf(plain), plain.getLocalPort()));
                close(server, plain);
            }
        }
        if (!(server.getAttribute(ADDRESS) instanceof InetSocketAddress address)) {
            LOG.error(
                    "There is no web console: its port could not be opened. Another program may have it, or the address in"
                            + " etc/org.apache.felix.http.cfg is not one of this machine; `hearthwatch run --port N` takes another.");
            throw new IllegalStateException("Felix HTTP has opened no port to take over");
        }
        server.setErrorHandler(new PlainErrors());
        return open(server, local(address));
    }

    /** Makes a port that is not started yet. */
    Connector open(Server server, InetSocketAddress address) {
        var port = new Port(server, address, limits, figures);
        port.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
                listening.accept(Optional.of(new InetSocketAddress(address.getHostString(), port.getLocalPort())));
            }

            @Override
            public void lifeCycleStopping(LifeCycle event) {
                listening.accept(Optional.empty());
            }
        });
        return port;
    }

    private static InetSocketAddress local(InetSocketAddress address) {
        InetAddress wanted = address.getAddress();
        if (wanted != null && wanted.isLoopbackAddress()) {
            return address;
        }
        LOG.error(
                "Plain HTTP is for this machine only, so {} in etc/org.apache.felix.http.cfg is not opened, but 127.0.0.1."
                        + " To be reached from elsewhere, over HTTPS, set addresses in etc/org.hearthwatch.http.cfg.",
                address.getHostString());
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
    }

    private static String hostOf(ServerConnector connector) {
        String host = connector.getHost();
        return host == null ? "0.0.0.0" : host;
    }

    private static void close(Server server, ServerConnector plain) {
        try {
            plain.stop();
        } catch (Exception e) {
            // Jetty declares Exception; the port is closed all the same or the take-over fails to bind and says so.
            LOG.warn("Felix HTTP's own port did not close cleanly: {}", e.toString());
        }
        server.removeConnector(plain);
    }
}
