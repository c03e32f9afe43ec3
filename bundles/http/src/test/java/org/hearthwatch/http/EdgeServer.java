package org.hearthwatch.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.http.jetty.PortLimits;
import org.hearthwatch.http.jetty.Ports;

/** The edge on a real Jetty, set up the way Felix HTTP does it: a plain port first, then ours in its place. */
public final class EdgeServer implements AutoCloseable {

    static final PortLimits LIMITS = new PortLimits(50, 20, 20, Duration.ofSeconds(15), Duration.ofSeconds(30));

    public final FakeAccess access = new FakeAccess();
    public final FakeAudit audit = new FakeAudit();
    public final Edge edge;
    private final Server server;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private EdgeServer(HttpSettings settings, PortLimits limits) throws Exception {
        edge = new Edge(
                settings,
                () -> Optional.<Sessions>of(access),
                () -> Optional.<Tokens>of(access),
                () -> Optional.<AuditLog>of(audit));
        var pool = new QueuedThreadPool(16, 2);
        pool.setDaemon(true);
        server = new Server(pool);
        var context = new ServletContextHandler("/");
        var holder = new ServletHolder(edge.servlet());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
        port = takeOver(limits);
    }

    /** Any port will do; one that another process takes in the moment between the two is given up. */
    private int takeOver(PortLimits limits) throws Exception {
        for (int attempt = 0; ; attempt++) {
            var plain = new ServerConnector(server);
            plain.setHost("127.0.0.1");
            server.addConnector(plain);
            plain.start();
            var ours = (ServerConnector) new Ports(limits, edge.figures(), address -> {}).createConnector(server);
            server.addConnector(ours);
            try {
                ours.start();
                return ours.getLocalPort();
            } catch (IOException e) {
                server.removeConnector(ours);
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    public static EdgeServer start() throws Exception {
        return start(LIMITS);
    }

    static EdgeServer start(PortLimits limits) throws Exception {
        return new EdgeServer(new HttpSettings(Set.of("nas.lan"), 2, Sources.ANY), limits);
    }

    EdgeServer serving(Route... routes) {
        List<Route> list = List.of(routes);
        edge.add(() -> list);
        return this;
    }

    public int port() {
        return port;
    }

    Server jetty() {
        return server;
    }

    /** A request with headers given as alternating names and values. */
    public HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    /** Sends bytes as they are and reads whatever comes until the connection is closed. */
    String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    Socket connect() throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** The counter of turned-away requests and connections. */
    double refused(String reason) {
        Map<String, Double> values = new HashMap<>();
        var samples = new org.hearthwatch.testkit.RecordedSamples();
        edge.figures().collect(samples);
        values.putAll(samples.asMap());
        return values.getOrDefault("hearthwatch_http_refused_total{reason=\"" + reason + "\"}", 0.0);
    }

    @Override
    public void close() {
        edge.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("Jetty did not stop", e);
        }
    }
}
