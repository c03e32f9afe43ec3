package org.hearthwatch.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.hearthwatch.api.net.CertificateStatus;
import org.hearthwatch.api.net.CertificateStatus.Source;
import org.hearthwatch.testkit.MemoryNotes;
import org.hearthwatch.testkit.TestClock;
import org.hearthwatch.transport.TestCertificates;
import org.hearthwatch.transport.TestCertificates.Keyed;
import org.hearthwatch.transport.certificate.KeyFiles;
import org.hearthwatch.transport.certificate.ServerCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsServerTest {

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.at(Instant.now());
    private final MemoryNotes notes = new MemoryNotes();
    private List<X509Certificate> clientAuthorities = List.of();
    private ServerCertificate certificate;
    private TlsServer tls;
    private EngineServer server;

    @BeforeEach
    void serve() throws Exception {
        certificate = new ServerCertificate(
                folder.resolve("keys"),
                "attic",
                Set.of("localhost", "127.0.0.1"),
                clock,
                new SecureRandom(),
                BouncyCastleProvider::new,
                Optional::empty,
                () -> Optional.of(notes));
        tls = new TlsServer(certificate, () -> clientAuthorities, new SecureRandom());
        server = new EngineServer(tls.engines(List.of("attic.lan", "192.168.7.7", "fd00::7")));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void a_new_authority_certifies_the_names_of_the_listener() throws Exception {
        CertificateStatus status = tls.status().orElseThrow();

        assertThat(status.source()).isEqualTo(Source.OWN);
        assertThat(status.names())
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "attic.lan", "192.168.7.7", "fd00:0:0:0:0:0:0:7");
        assertThat(status.authority()).contains(tls.authorityFingerprint());
        assertThat(shown("localhost").fingerprint()).isEqualTo(status.fingerprint());
    }

    @Test
    void keys_are_readable_for_their_owner_only() throws Exception {
        try (var files = Files.list(folder.resolve("keys"))) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void java_without_post_quantum_keys_is_served_in_tls_1_3() throws Exception {
        try (SSLSocket socket = java("localhost")) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519MLKEM768", "x25519", "secp256r1"})
    void these_key_exchanges_are_taken(String group) throws Exception {
        // The certificate's own curve must be among them.
        assertThat(group.equals("secp256r1") ? groupWith(group) : groupWith(group, "secp256r1"))
                .isEqualTo(group);
    }

    @Test
    void the_hybrid_key_exchange_goes_before_the_others() throws Exception {
        assertThat(groupWith("secp256r1", "x25519", "X25519MLKEM768")).isEqualTo("X25519MLKEM768");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-tls1_2",
                "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA",
                "-tls1_3 -groups P-521",
                "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256",
                "-tls1_3 -servername evil.example.org",
                "-tls1_3 -alpn h2"
            })
    void openssl_is_turned_away_with_an_alert(String options) throws Exception {
        String said = openssl(options);

        assertThat(said).contains("alert").doesNotContain("New, TLSv1");
        assertServes();
    }

    @Test
    void openssl_trusts_our_authority_for_its_names() throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), tls.authorityPem());

        String said = openssl("-tls1_3 -CAfile " + ca + " -verify_return_error -verify_hostname attic.lan"
                + " -servername attic.lan -x509_strict");

        assertThat(said).contains("New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384", "Verify return code: 0 (ok)");
    }

    @Test
    void openssl_without_a_name_is_served() throws Exception {
        assertThat(openssl("-tls1_3 -noservername")).contains("New, TLSv1.3");
    }

    @Test
    void renegotiation_is_not_there() throws Exception {
        // "R" makes openssl s_client renegotiate, which TLS 1.3 does not know.
        assertThat(openssl("-tls1_3", "R\nGET / HTTP/1.1\n\n")).contains("New, TLSv1.3");
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001\u00ff\u00ff",
                "\u0016\u0003\u0001\u0000\u0001\u0001",
                "\u0080\u0000\u0001"
            })
    void what_is_no_handshake_harms_nobody(String bytes) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.setSoTimeout(5000);
            socket.getInputStream().readAllBytes();
        }
        assertServes();
    }

    @Test
    void many_half_handshakes_keep_nobody_out() throws Exception {
        List<Socket> half = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0});
            half.add(socket);
        }
        assertServes();
        for (Socket socket : half) {
            socket.close();
        }
    }

    @Test
    void our_certificate_is_renewed_in_time_with_the_same_key_and_open_connections_go_on() throws Exception {
        CertificateStatus former = tls.status().orElseThrow();
        try (SSLSocket open = java("localhost")) {
            open.startHandshake();
            clock.advance(Duration.ofDays(61));
            tls.refresh();

            CertificateStatus renewed = tls.status().orElseThrow();
            assertThat(renewed.notAfter()).isAfter(former.notAfter().plus(Duration.ofDays(59)));
            assertThat(renewed.pin()).isEqualTo(former.pin());
            assertThat(renewed.authority()).isEqualTo(former.authority());
            open.getOutputStream().write("GET".getBytes(StandardCharsets.US_ASCII));
            assertThat(open.getInputStream().readNBytes(8)).asString().isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void nothing_is_renewed_before_its_time() throws Exception {
        CertificateStatus former = tls.status().orElseThrow();
        clock.advance(Duration.ofDays(59));
        tls.refresh();

        assertThat(tls.status()).contains(former);
    }

    @Test
    void a_restart_goes_on_with_the_same_certificate() throws Exception {
        var again = restarted();
        again.forNames(List.of("attic.lan"));

        assertThat(again.status()).isEqualTo(tls.status());
    }

    @Test
    void keys_in_the_vault_serve_on_after_a_restart_and_leave_no_file() throws Exception {
        assertThat(certificate.useVault(true)).containsExactly("ca.key", "server.key");

        assertThat(folder.resolve("keys/ca.key")).doesNotExist();
        assertThat(folder.resolve("keys/server.key")).doesNotExist();
        assertThat(certificate.hasKeyFiles(true)).isFalse();
        var again = restarted();
        again.forNames(List.of("attic.lan"));
        assertThat(again.status()).isEqualTo(tls.status());
    }

    @Test
    void a_vault_that_only_people_open_has_the_authority_alone_and_https_comes_up_without_it() throws Exception {
        assertThat(certificate.useVault(false)).containsExactly("ca.key");
        notes.seal(true);

        var again = restarted();
        again.forNames(List.of("attic.lan"));

        assertThat(again.status()).isEqualTo(tls.status());
        assertThat(again.authorityPem()).isEqualTo(tls.authorityPem());
        assertThatThrownBy(() -> again.renew(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("hw:vault-unseal");
        assertThat(again.status()).isEqualTo(tls.status());
        notes.seal(false);
        assertThat(again.renew(true).authority())
                .isEqualTo(tls.status().orElseThrow().authority());
    }

    @Test
    void a_sealed_vault_takes_no_key_and_the_files_stay() {
        notes.seal(true);

        assertThatThrownBy(() -> certificate.useVault(true)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("keys/ca.key")).exists();
    }

    private ServerCertificate restarted() {
        return new ServerCertificate(
                folder.resolve("keys"),
                "attic",
                Set.of("localhost"),
                clock,
                new SecureRandom(),
                BouncyCastleProvider::new,
                Optional::empty,
                () -> Optional.of(notes));
    }

    @Test
    void another_name_gets_another_certificate_with_the_same_key() throws Exception {
        CertificateStatus former = tls.status().orElseThrow();

        tls.engines(List.of("cellar.lan"));

        assertThat(tls.status().orElseThrow().names()).contains("attic.lan", "cellar.lan");
        assertThat(tls.status().orElseThrow().pin()).isEqualTo(former.pin());
        assertThat(shown("cellar.lan").fingerprint())
                .isEqualTo(tls.status().orElseThrow().fingerprint());
    }

    @Test
    void a_name_our_authority_may_not_speak_for_takes_a_new_authority() throws Exception {
        String former = tls.authorityFingerprint();

        tls.engines(List.of("mon.example.org"));

        assertThat(tls.authorityFingerprint()).isNotEqualTo(former);
        assertThat(tls.status().orElseThrow().authority()).contains(tls.authorityFingerprint());
        assertThat(shown("mon.example.org").fingerprint())
                .isEqualTo(tls.status().orElseThrow().fingerprint());
    }

    @Test
    void a_new_key_is_made_when_asked_for() throws Exception {
        CertificateStatus former = tls.status().orElseThrow();

        CertificateStatus renewed = tls.renew(true);

        assertThat(renewed.pin()).isNotEqualTo(former.pin());
        assertThat(shown("localhost").fingerprint()).isEqualTo(renewed.fingerprint());
    }

    @Test
    void a_certificate_that_is_brought_is_shown_at_once_and_after_a_restart() throws Exception {
        Keyed brought = brought("localhost", "mon.example.org");

        CertificateStatus taken = tls.take(folder.resolve("chain.pem"), folder.resolve("key.pem"), Optional.empty());

        assertThat(taken.source()).isEqualTo(Source.TAKEN);
        assertThat(shown("mon.example.org").certificate()).isEqualTo(brought.certificate());
        assertThat(shown("localhost").chain()).isEqualTo(brought.chain());
        Files.delete(folder.resolve("key.pem"));
        tls.refresh();
        assertThat(tls.status()).contains(taken);
        assertThat(tls.renew(false).source()).isEqualTo(Source.OWN);
    }

    @Test
    void configured_files_are_read_again_when_they_change_and_what_is_wrong_with_them_is_said() throws Exception {
        brought("localhost");
        certificate.configure(
                Optional.of(new KeyFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"), Optional.empty())));
        tls.refresh();
        assertThat(tls.status().orElseThrow().source()).isEqualTo(Source.CONFIGURED);

        Keyed next = brought("localhost");
        tls.refresh();
        assertThat(shown("localhost").certificate()).isEqualTo(next.certificate());

        Files.writeString(folder.resolve("chain.pem"), "nonsense");
        tls.refresh();
        CertificateStatus fallen = tls.status().orElseThrow();
        assertThat(fallen.source()).isEqualTo(Source.OWN);
        assertThat(fallen.problem())
                .contains(folder.resolve("chain.pem") + " holds no certificate" + " (-----BEGIN CERTIFICATE-----)");
        assertServes();
        assertThatThrownBy(() -> tls.renew(false)).hasMessageContaining("etc/org.hearthwatch.transport.cfg");
    }

    @Test
    void a_key_of_another_certificate_is_refused() throws Exception {
        brought("localhost");
        TestCertificates.selfSigned("localhost").write(folder.resolve("other.pem"), folder.resolve("key.pem"));

        assertRefused("do not belong together");
    }

    @Test
    void an_expired_certificate_is_refused() throws Exception {
        TestCertificates.issued(TestCertificates.authority("a"), Duration.ofDays(-2), "localhost")
                .write(folder.resolve("chain.pem"), folder.resolve("key.pem"));

        assertRefused("the certificate ended at");
    }

    @Test
    void a_certificate_signed_with_sha1_is_refused() throws Exception {
        TestCertificates.signedWith(TestCertificates.rsaAuthority("a"), "RSA", "SHA1withRSA", "localhost")
                .write(folder.resolve("chain.pem"), folder.resolve("key.pem"));

        assertRefused("nobody trusts any more");
    }

    @Test
    void an_encrypted_key_needs_its_password() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        brought("localhost");
        run(
                "openssl",
                "pkcs8",
                "-topk8",
                "-v2",
                "aes256",
                "-in",
                folder + "/key.pem",
                "-out",
                folder + "/enc.pem",
                "-passout",
                "pass:hunter22");
        Files.move(
                folder.resolve("enc.pem"),
                folder.resolve("key.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertRefused("is encrypted and no password is given");
    }

    @Test
    void clients_may_show_a_certificate_of_a_named_authority() throws Exception {
        Keyed authority = TestCertificates.authority("scrapers");
        clientAuthorities = List.of(authority.certificate());
        tls.refresh();
        Keyed scraper = TestCertificates.issued(authority, "scraper");
        scraper.write(folder.resolve("client.pem"), folder.resolve("client.key"));
        Keyed stranger = TestCertificates.issued(TestCertificates.authority("elsewhere"), "scraper");
        stranger.write(folder.resolve("stranger.pem"), folder.resolve("stranger.key"));

        assertThat(openssl("-tls1_3 -cert " + folder + "/client.pem -key " + folder + "/client.key", "hello\n"))
                .contains("Acceptable client certificate CA names", "HTTP/1.1 204");
        assertThat(openssl("-tls1_3 -cert " + folder + "/stranger.pem -key " + folder + "/stranger.key", "hello\n"))
                .contains("alert")
                .doesNotContain("HTTP/1.1 204");
        assertThat(openssl("-tls1_3", "hello\n")).contains("HTTP/1.1 204");
    }

    private void assertRefused(String words) {
        assertThatThrownBy(() -> tls.take(folder.resolve("chain.pem"), folder.resolve("key.pem"), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
        assertThat(tls.status().orElseThrow().source()).isEqualTo(Source.OWN);
    }

    private Keyed brought(String... names) {
        Keyed keyed = TestCertificates.issued(TestCertificates.authority("bought"), names);
        keyed.write(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        return keyed;
    }

    private void assertServes() throws Exception {
        try (SSLSocket socket = java("localhost")) {
            socket.startHandshake();
        }
    }

    private record Shown(List<X509Certificate> chain) {

        X509Certificate certificate() {
            return chain.get(0);
        }

        String fingerprint() {
            return org.hearthwatch.transport.certificate.Fingerprint.of(certificate());
        }
    }

    private Shown shown(String name) throws Exception {
        try (SSLSocket socket = java(name)) {
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            List<X509Certificate> chain = new ArrayList<>();
            for (var each : socket.getSession().getPeerCertificates()) {
                chain.add((X509Certificate) each);
            }
            return new Shown(chain);
        }
    }

    /** Java's own client. */
    private SSLSocket java(String name) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust("PKIX").getTrustManagers(), null);
        var plain = new Socket();
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        plain.setSoTimeout(10_000);
        return (SSLSocket) context.getSocketFactory().createSocket(plain, name, server.port(), true);
    }

    private TrustManagerFactory trust(String algorithm) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("own", certificate.authorityCertificate());
        if (Files.exists(folder.resolve("chain.pem"))
                && tls.status().orElseThrow().source() != Source.OWN) {
            List<X509Certificate> chain = certificate.identity().orElseThrow().chain();
            store.setCertificateEntry("brought", chain.get(chain.size() - 1));
        }
        var factory = TrustManagerFactory.getInstance(algorithm);
        factory.init(store);
        return factory;
    }

    /** The group agreed on with a Bouncy Castle client that offers these, in this order. */
    private String groupWith(String... groups) throws Exception {
        var provider = new BouncyCastleJsseProvider(new BouncyCastleProvider());
        var context = SSLContext.getInstance("TLSv1.3", provider);
        context.init(null, trust("PKIX").getTrustManagers(), null);
        var plain = new RecordingSocket(server.port());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", server.port(), true)) {
            var bouncy = (BCSSLSocket) socket;
            BCSSLParameters parameters = bouncy.getParameters();
            parameters.setNamedGroups(groups);
            bouncy.setParameters(parameters);
            socket.startHandshake();
        }
        return plain.group();
    }

    private String openssl(String options) throws Exception {
        return openssl(options, "");
    }

    private String openssl(String options, String input) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port(), "-ign_eof"));
        if (input.isEmpty()) {
            command.remove("-ign_eof");
        }
        command.addAll(List.of(options.split(" ")));
        return run(input, command.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return output(process);
    }

    private static String run(String input, String[] command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It has ended already.
        }
        return output(process);
    }

    private static String output(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
