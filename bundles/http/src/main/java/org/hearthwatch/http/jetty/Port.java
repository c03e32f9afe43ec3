package org.hearthwatch.http.jetty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.CookieCompliance;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Scheduler;
import org.hearthwatch.http.ConnectionControl;
import org.hearthwatch.http.HttpFigures;

/**
 * A listening port for HTTP/1.1, with what Jetty's own connector lacks: a bound on connections, in all and by address, and a
 * deadline for the whole of a request. Jetty's idle timeout begins anew with every byte, so that one byte now and then holds
 * a connection for ever.
 */
final class Port extends ServerConnector {

    private static final int HEAD_BYTES = 8 * 1024;
    private static final Duration HAND_OVER = Duration.ofSeconds(3);
    private static final Duration HAND_OVER_STEP = Duration.ofMillis(10);

    private static final String TRANSPORT_SECURITY = "max-age=31536000";

    private final PortLimits limits;
    private final ArrivalRate arrivals;
    private final Predicate<InetAddress> admitted;
    private final boolean secure;
    private final HttpFigures figures;

    /** Plain, for this machine only. */
    Port(Server server, InetSocketAddress address, PortLimits limits, HttpFigures figures) {
        this(
                server,
                address,
                limits,
                InetAddress::isLoopbackAddress,
                figures,
                false,
                new HttpConnectionFactory(configuration()));
    }

    /**
     * With TLS.
     *
     * @param admitted from where connections are taken at all
     * @param site the port that names this appliance in cookies, whichever port they come through
     */
    Port(
            Server server,
            InetSocketAddress address,
            PortLimits limits,
            Predicate<InetAddress> admitted,
            HttpFigures figures,
            Supplier<SSLEngine> engines,
            int site) {
        this(
                server,
                address,
                limits,
                admitted,
                figures,
                true,
                new Tls(engines, figures),
                new HttpConnectionFactory(configuration(site)));
    }

    private Port(
            Server server,
            InetSocketAddress address,
            PortLimits limits,
            Predicate<InetAddress> admitted,
            HttpFigures figures,
            boolean secure,
            ConnectionFactory... layers) {
        super(server, 1, 1, layers);
        this.limits = limits;
        this.arrivals = new ArrivalRate(limits.connectionRate(), System::nanoTime);
        this.admitted = admitted;
        this.secure = secure;
        this.figures = figures;
        setHost(address.getHostString());
        setPort(address.getPort());
        setIdleTimeout(limits.idleTimeout().toMillis());
        setAcceptQueueSize(limits.connections());
        setReuseAddress(true);
    }

    private static HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(HEAD_BYTES);
        configuration.setHttpCompliance(HttpCompliance.RFC7230);
        configuration.setUriCompliance(UriCompliance.DEFAULT);
        configuration.setRequestCookieCompliance(CookieCompliance.RFC6265);
        configuration.addCustomizer(Port::headRead);
        return configuration;
    }

    private static HttpConfiguration configuration(int site) {
        HttpConfiguration configuration = configuration();
        // The host is checked where all hosts are, and not against the certificate, which may have a star in it.
        configuration.addCustomizer(new SecureRequestCustomizer(false, false, -1, false));
        configuration.addCustomizer((request, headers) -> {
            String host = request.getHeaders().get(HttpHeader.HOST);
            // For localhost it would bind every other server of this machine.
            if (host != null && !host.startsWith("localhost")) {
                headers.put("Strict-Transport-Security", TRANSPORT_SECURITY);
            }
            return new OnSite(request, site);
        });
        return configuration;
    }

    /** Called by Jetty when a head was read and understood. */
    private static Request headRead(Request request, HttpFields.Mutable responseHeaders) {
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            // Jetty would keep the connection for a tunnel, whatever the client says; nobody here opens one.
            responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint wire = endPoint instanceof EndPoint.Wrapper layer ? layer.unwrap() : endPoint;
        if (wire instanceof PatientEndPoint patient) {
            // No length and no coding means no body (RFC 9112, section 6.3); Jetty says -1 then.
            boolean coded = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
            patient.headRead(request.getLength() == 0 || (request.getLength() < 0 && !coded));
            request.setAttribute(ConnectionControl.ATTRIBUTE, patient);
            Request.addCompletionListener(request, failure -> patient.requestDone());
        }
        return request;
    }

    /**
     * Opens the address; the port it is taken over from may hold it a moment longer, until the kernel has woken the thread
     * that waits there for a connection.
     */
    @Override
    protected ServerSocketChannel openAcceptChannel() throws IOException {
        long deadline = System.nanoTime() + HAND_OVER.toNanos();
        while (true) {
            try {
                return super.openAcceptChannel();
            } catch (IOException e) {
                if (!(e.getCause() instanceof BindException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(HAND_OVER_STEP.toNanos());
            }
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key)
            throws IOException {
        var endPoint =
                new PatientEndPoint(channel, selector, key, getScheduler(), limits.requestDeadline(), secure, figures);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Door(executor, scheduler, selectors);
    }

    /** Turns connections away that would be too many. */
    private final class Door extends ServerConnectorManager {

        private final Map<SelectableChannel, InetAddress> inside = new ConcurrentHashMap<>();

        private Door(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        /** Called by the one acceptor thread. */
        @Override
        public void accept(SelectableChannel channel, Object attachment) {
            // However a connection ended, its channel is closed.
            inside.keySet().removeIf(open -> !open.isOpen());
            InetAddress from = addressOf(channel);
            long ofSame = inside.values().stream().filter(from::equals).count();
            if (!admitted.test(from)) {
                turnAway(channel, "source");
            } else if (inside.size() >= limits.connections()) {
                turnAway(channel, "connections");
            } else if (!from.isLoopbackAddress() && ofSame >= limits.connectionsPerAddress()) {
                turnAway(channel, "connections_per_address");
            } else if (!from.isLoopbackAddress() && !arrivals.admits(from)) {
                turnAway(channel, "connection_rate");
            } else {
                inside.put(channel, from);
                super.accept(channel, attachment);
            }
        }

        private void turnAway(SelectableChannel channel, String reason) {
            figures.refused(reason);
            IO.close(channel);
        }

        private static InetAddress addressOf(SelectableChannel channel) {
            try {
                SocketAddress remote = ((SocketChannel) channel).getRemoteAddress();
                if (remote instanceof InetSocketAddress address) {
                    return address.getAddress();
                }
            } catch (IOException e) {
                // Gone already; it will not hold its place for long.
            }
            return InetAddress.getLoopbackAddress();
        }
    }
}
