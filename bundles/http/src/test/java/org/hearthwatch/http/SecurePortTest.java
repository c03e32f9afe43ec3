package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.http.jetty.PortLimits;
import org.hearthwatch.http.jetty.SecurePorts;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurePortTest {

    private static final char[] PASSWORD = "test-only".toCharArray();
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int SITE = 8470;

    @TempDir
    static Path folder;

    private static KeyStore keys;

    private EdgeServer edge;
    private ServerConnector secure;
    private volatile Sources sources = Sources.ANY;
    private volatile Optional<InetSocketAddress> told = Optional.empty();

    @BeforeAll
    static void make_a_certificate() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
    }

    @BeforeEach
    void serve() throws Exception {
        edge = EdgeServer.start()
                .serving(
                        Route.get("/secure", Guard.open(), exchange -> {
                            exchange.header("Set-Cookie", "a=b; Path=/");
                            exchange.respond(200, "text/plain", "served".getBytes(StandardCharsets.US_ASCII));
                        }),
                        Route.post(
                                "/body",
                                Guard.open(),
                                exchange -> exchange.respond(
                                        200, "text/plain", exchange.body(10).readAllBytes())));
        var limits = new PortLimits(50, 20, 20, DEADLINE, Duration.ofSeconds(30));
        var ports = new SecurePorts(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                limits,
                from -> sources.admits(from),
                edge.edge.figures(),
                this::engine,
                SITE,
                at -> told = at);
        secure = (ServerConnector) ports.createConnector(edge.jetty());
        edge.jetty().addConnector(secure);
        secure.start();
    }

    @AfterEach
    void stop() throws Exception {
        secure.stop();
        edge.close();
    }

    @Test
    void tells_where_it_listens_until_it_does_no_longer() throws Exception {
        assertThat(told.orElseThrow().getPort()).isEqualTo(secure.getLocalPort());
        secure.stop();
        assertThat(told).isEmpty();
    }

    @Test
    void serves_over_tls_with_strict_transport_security_and_secure_cookies() throws Exception {
        assertThat(ask("GET /secure HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains(
                        "Strict-Transport-Security: max-age=31536000\r\n",
                        "Set-Cookie: a=b; Path=/; Secure\r\n",
                        "served");
    }

    @Test
    void binds_no_other_server_of_localhost_to_tls() throws Exception {
        assertThat(ask("GET /secure HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("Strict-Transport-Security");
    }

    @Test
    void a_connection_serves_many_requests() throws Exception {
        try (SSLSocket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(bytes("GET /secure HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                assertThat(readTo(socket, "served")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void hosts_and_bare_line_feeds_are_refused_as_without_tls() throws Exception {
        assertThat(ask("GET /secure HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(ask("GET /secure HTTP/1.1\nHost: localhost\n\n")).isEmpty();
        assertThat(edge.refused("bare_line_feed")).isEqualTo(1);
    }

    @Test
    void plain_http_is_not_served_here() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), secure.getLocalPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes("GET /secure HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void a_handshake_that_does_not_go_on_ends_at_the_deadline() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), secure.getLocalPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(edge.refused("deadline")).isEqualTo(1);
    }

    @Test
    void a_request_that_trickles_through_tls_ends_at_the_deadline() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream().write(bytes("GET /secure HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            readTo(socket, "served");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            socket.getOutputStream().write('G');
                            TimeUnit.MILLISECONDS.sleep(50);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(edge.refused("deadline")).isEqualTo(1);
    }

    @Test
    void a_body_that_trickles_through_tls_ends_at_the_deadline() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream()
                    .write(bytes("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab"));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(edge.refused("deadline")).isEqualTo(1);
    }

    @Test
    void connections_from_elsewhere_than_allowed_are_not_even_greeted() throws Exception {
        // This machine is always allowed, so the predicate itself is asked.
        var home = new Sources(
                List.of(AddressRange.parse("192.168.0.0/16")),
                List.of(AddressRange.parse("10.0.0.9")),
                List.of(AddressRange.parse("10.0.0.9")));

        assertThat(home.admits(InetAddress.getByName("192.168.3.4"))).isTrue();
        assertThat(home.admits(InetAddress.getByName("10.0.0.9"))).isTrue();
        assertThat(home.admits(InetAddress.getLoopbackAddress())).isTrue();
        assertThat(home.admits(InetAddress.getByName("10.0.0.8"))).isFalse();
    }

    @Test
    void handshakes_are_counted_by_key_exchange_and_failed_ones_as_refused() throws Exception {
        ask("GET /secure HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        plain_http_is_not_served_here();

        var samples = new RecordedSamples();
        edge.edge.figures().collect(samples);

        assertThat(samples.asMap().keySet())
                .anyMatch(name -> name.startsWith("hearthwatch_http_tls_handshakes_total{group=\""));
        assertThat(edge.refused("tls_handshake")).isEqualTo(1);
    }

    @Test
    void stopping_leaves_no_port_behind() throws Exception {
        int port = secure.getLocalPort();
        secure.stop();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    private SSLEngine engine() {
        try {
            var managers = KeyManagerFactory.getInstance("SunX509");
            managers.init(keys, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLSocket connect() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), secure.getLocalPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private String ask(String request) throws Exception {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String readTo(Socket socket, String end) throws IOException {
        var read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
