package org.hearthwatch.http.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.hearthwatch.http.HttpFigures;

/** Gives Felix HTTP a further port, with TLS. */
public final class SecurePorts implements ConnectorFactory {

    private final InetSocketAddress address;
    private final PortLimits limits;
    private final Predicate<InetAddress> admitted;
    private final HttpFigures figures;
    private final Supplier<SSLEngine> engines;
    private final int site;
    private final Consumer<Optional<InetSocketAddress>> listening;

    /**
     * @param admitted from where connections are taken at all
     * @param site the port that names this appliance in cookies
     * @param listening told the address when the port is open, and empty before it closes
     */
    public SecurePorts(
            InetSocketAddress address,
            PortLimits limits,
            Predicate<InetAddress> admitted,
            HttpFigures figures,
            Supplier<SSLEngine> engines,
            int site,
            Consumer<Optional<InetSocketAddress>> listening) {
        this.address = address;
        this.limits = limits;
        this.admitted = admitted;
        this.figures = figures;
        this.engines = engines;
        this.site = site;
        this.listening = listening;
    }

    @Override
    public Connector createConnector(Server server) {
        var port = new Port(server, address, limits, admitted, figures, engines, site);
        port.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
                listening.accept(Optional.of(new InetSocketAddress(address.getAddress(), port.getLocalPort())));
            }

            @Override
            public void lifeCycleStopping(LifeCycle event) {
                listening.accept(Optional.empty());
            }
        });
        return port;
    }
}
