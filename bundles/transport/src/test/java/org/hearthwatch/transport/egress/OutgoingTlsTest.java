package org.hearthwatch.transport.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.transport.TestCertificates;
import org.hearthwatch.transport.TestCertificates.Keyed;
import org.hearthwatch.transport.certificate.Pin;
import org.hearthwatch.transport.egress.EgressRules.Reach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingTlsTest {

    private static final Keyed AUTHORITY = TestCertificates.authority("home");
    private static final Keyed SERVER = TestCertificates.issued(AUTHORITY, "localhost", "127.0.0.1", "nas.lan");

    @TempDir
    private Path folder;

    private final EgressFigures figures = new EgressFigures();
    private List<X509Certificate> trusted = List.of(AUTHORITY.certificate());
    private EgressRules rules = new EgressRules(Reach.ANY, List.of(), Set.of(), Map.of());
    private final List<SSLServerSocket> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (SSLServerSocket server : servers) {
            server.close();
        }
    }

    @Test
    void a_server_of_a_configured_authority_is_reached_in_tls_1_3() throws Exception {
        serve(SERVER);

        assertThat(protocolWith("localhost")).isEqualTo("TLSv1.3");
        assertThat(protocolWith("127.0.0.1")).isEqualTo("TLSv1.3");
    }

    @Test
    void an_authority_nobody_named_is_not_trusted_and_the_message_says_what_would_help() throws Exception {
        trusted = List.of();
        serve(SERVER);

        assertThatThrownBy(() -> protocolWith("localhost"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("The certificate of localhost is not trusted")
                .hasMessageContaining(Pin.of(SERVER.certificate()).text())
                .hasMessageContaining("caFiles")
                .hasMessageContaining("pins");
    }

    @Test
    void a_certificate_for_another_name_is_refused_even_where_the_caller_forgets_about_names() throws Exception {
        serve(TestCertificates.issued(AUTHORITY, "other.lan"));

        assertThatThrownBy(() -> protocolWith("localhost")).hasMessageContaining("is for other.lan, not for this host");
    }

    @Test
    void an_expired_certificate_is_refused_pinned_or_not() throws Exception {
        Keyed expired = TestCertificates.issued(AUTHORITY, Duration.ofDays(-1), "localhost");
        serve(expired);

        assertThatThrownBy(() -> protocolWith("localhost")).hasMessageContaining("not trusted");

        pin("localhost", Pin.of(expired.certificate()));
        assertThatThrownBy(() -> protocolWith("localhost")).hasMessageContaining("not valid now");
    }

    @Test
    void a_chain_signed_with_md5_is_refused() throws Exception {
        Keyed rsa = TestCertificates.rsaAuthority("old");
        trusted = List.of(rsa.certificate());
        serve(TestCertificates.signedWith(rsa, "RSA", "MD5withRSA", "localhost"));

        assertThatThrownBy(() -> protocolWith("localhost")).hasMessageContaining("not trusted");
    }

    @Test
    void a_self_signed_server_is_reached_by_its_pin_and_only_so() throws Exception {
        Keyed device = TestCertificates.selfSigned("localhost");
        serve(device);
        assertThatThrownBy(() -> protocolWith("localhost")).hasMessageContaining("not trusted");

        pin("localhost", Pin.of(device.certificate()));

        assertThat(protocolWith("localhost")).isEqualTo("TLSv1.3");
    }

    @Test
    void a_self_signed_server_with_another_key_than_the_pinned_is_not_said_to_be_worth_pinning() throws Exception {
        serve(TestCertificates.selfSigned("localhost"));
        Pin gone = new Pin("sha256/" + "A".repeat(43) + "=");
        pin("localhost", gone);

        assertThatThrownBy(() -> protocolWith("localhost"))
                .hasMessageContaining("has another key than the pinned")
                .hasMessageContaining(gone.text())
                .hasMessageContaining("somebody is in between");
    }

    @Test
    void a_trusted_certificate_with_another_key_than_the_pinned_is_refused_naming_both() throws Exception {
        serve(SERVER);
        Pin former = Pin.of(AUTHORITY.chain().get(0));
        Pin gone = new Pin("sha256/" + "A".repeat(43) + "=");
        pin("localhost", gone);

        assertThatThrownBy(() -> protocolWith("localhost"))
                .hasMessageContaining("has another key than the pinned")
                .hasMessageContaining(Pin.of(SERVER.certificate()).text())
                .hasMessageContaining(gone.text());

        pin("localhost", gone, former);
        assertThat(protocolWith("localhost")).as("the backup pin").isEqualTo("TLSv1.3");
    }

    @Test
    void a_pin_counts_for_contexts_made_before_it() throws Exception {
        serve(SERVER);
        SSLContext context = context("localhost");
        pin("localhost", new Pin("sha256/" + "A".repeat(43) + "="));

        assertThatThrownBy(() -> protocolWith(context, "localhost")).hasMessageContaining("another key");
    }

    @Test
    void tls_1_2_is_spoken_only_with_a_host_for_which_it_was_allowed() throws Exception {
        serve(SERVER, "TLSv1.2");

        assertThatThrownBy(() -> protocolWith("localhost")).isInstanceOf(IOException.class);

        rules = new EgressRules(Reach.ANY, List.of(), Set.of("localhost"), Map.of());
        assertThat(protocolWith("localhost")).isEqualTo("TLSv1.2");
    }

    @Test
    void authorities_of_an_endpoint_stand_in_for_those_of_the_appliance() throws Exception {
        serve(SERVER);
        Keyed other = TestCertificates.authority("other");
        var tls = new OutgoingTls(() -> rules, () -> trusted, figures);

        assertThat(protocolWith(tls.context("localhost", trusting(AUTHORITY)), "localhost"))
                .isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> protocolWith(tls.context("localhost", trusting(other)), "localhost"))
                .hasMessageContaining("not trusted");
    }

    private EndpointTls trusting(Keyed authority) {
        Path file =
                folder.resolve(authority.certificate().getSubjectX500Principal().getName() + ".pem");
        authority.write(file, folder.resolve("unused.key"));
        return new EndpointTls(Optional.of(file), Optional.empty(), Optional.empty());
    }

    @Test
    void a_server_that_asks_who_we_are_is_shown_the_endpoints_certificate() throws Exception {
        Keyed own = TestCertificates.issued(AUTHORITY, "us.lan");
        Path chain = folder.resolve("own.pem");
        Path key = folder.resolve("own.key");
        own.write(chain, key);
        serve(SERVER.server(AUTHORITY));
        servers.get(0).setNeedClientAuth(true);
        var tls = new OutgoingTls(() -> rules, () -> trusted, figures);
        var showing = new EndpointTls(Optional.empty(), Optional.of(chain), Optional.of(key));

        assertThat(statusFrom(tls.context("localhost", showing))).isEqualTo(204);
        assertThatThrownBy(() -> statusFrom(tls.context("localhost"))).isInstanceOf(IOException.class);
    }

    private int statusFrom(SSLContext context) throws IOException {
        var connection = (HttpsURLConnection)
                URI.create("https://localhost:" + port() + "/").toURL().openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        return connection.getResponseCode();
    }

    @Test
    void a_file_of_an_endpoint_that_cannot_be_used_is_named() {
        var tls = new OutgoingTls(() -> rules, () -> trusted, figures);
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> tls.context(
                        "localhost", new EndpointTls(Optional.of(missing), Optional.empty(), Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        assertThatThrownBy(() -> tls.context(
                        "localhost", new EndpointTls(Optional.empty(), Optional.of(missing), Optional.of(missing))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
    }

    @Test
    void works_with_both_http_clients_of_java() throws Exception {
        serve(SERVER);
        URI uri = URI.create("https://localhost:" + port() + "/");
        assertThat(statusFrom(context("localhost"))).isEqualTo(204);

        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context("localhost"))
                .build();
        assertThat(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void those_not_trusted_are_counted_by_reason() throws Exception {
        serve(TestCertificates.issued(AUTHORITY, "other.lan"));
        assertThatThrownBy(() -> protocolWith("localhost")).isInstanceOf(IOException.class);

        var samples = new RecordedSamples();
        figures.collect(samples);

        assertThat(samples.asMap()).containsEntry("hearthwatch_transport_untrusted_total{reason=\"name\"}", 1.0);
    }

    private int port() {
        return servers.get(servers.size() - 1).getLocalPort();
    }

    private void pin(String host, Pin... pins) {
        rules = new EgressRules(
                Reach.ANY, List.of(), Set.of(), Map.of(host, Stream.of(pins).toList()));
    }

    private SSLContext context(String host) {
        return new OutgoingTls(() -> rules, () -> trusted, figures).context(host);
    }

    private String protocolWith(String host) throws IOException {
        return protocolWith(context(host), host);
    }

    private String protocolWith(SSLContext context, String host) throws IOException {
        try (Socket socket = context.getSocketFactory().createSocket(host, port())) {
            var secure = (SSLSocket) socket;
            secure.startHandshake();
            return secure.getSession().getProtocol();
        }
    }

    private void serve(Keyed keyed, String... protocols) throws IOException {
        serve(keyed.server(), protocols);
    }

    private void serve(SSLContext context, String... protocols) throws IOException {
        var server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        if (protocols.length > 0) {
            server.setEnabledProtocols(protocols);
        }
        servers.add(server);
        var thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.setSoTimeout(500);
                    var in = socket.getInputStream();
                    if (in.read() >= 0) {
                        in.read(new byte[8192]);
                        socket.getOutputStream()
                                .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    // The client has had its say, or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
