package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS as others on the network would meet it. */
class TlsIT {

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    private static URI https;

    @BeforeAll
    static void open_a_port() {
        appliance.configure("org.hearthwatch.http", "addresses = 127.0.0.1:0", "hosts = attic.lan");
        Path addresses = appliance.state().resolve("hearthwatch/http/https-addresses");
        appliance.await("HTTPS", () -> Files.exists(addresses) && Files.size(addresses) > 0);
        https = URI.create(Appliance.read(addresses).strip());
    }

    @AfterAll
    static void close_it() {
        appliance.resetConfiguration("org.hearthwatch.http");
        appliance.await(
                "the end of HTTPS", () -> !Files.exists(appliance.state().resolve("hearthwatch/http/https-addresses")));
    }

    @Test
    void whoever_trusts_the_exported_authority_is_served() throws Exception {
        HttpResponse<String> response = client().send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + https.getPort() + "/-/healthy"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void the_status_shows_the_address_and_what_to_compare() {
        assertThat(https.getHost()).isEqualTo("attic.lan");
        assertThat(appliance.command("tls-status").orThrow())
                .contains("https://attic.lan:" + https.getPort(), "localhost", "127.0.0.1", "SHA-256", "authority");
    }

    @Test
    void a_person_signs_in_over_tls() throws Exception {
        var signIn = HttpRequest.newBuilder(URI.create("https://localhost:" + https.getPort() + "/api/hw/sign-in"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"" + Appliance.ADMIN + "\",\"password\":\"" + appliance.password() + "\"}"))
                .build();
        HttpResponse<String> response = client().send(signIn, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(204);
        String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).endsWith("; Secure");

        var me = HttpRequest.newBuilder(URI.create("https://localhost:" + https.getPort() + "/api/hw/collectors"))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .build();
        assertThat(client().send(me, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-tls1_2",
                "-tls1_1 -cipher ALL:@SECLEVEL=0",
                "-tls1_3 -servername evil.example.org",
                "-tls1_3 -alpn h2"
            })
    void openssl_is_turned_away_and_the_log_stays_quiet(String options) throws Exception {
        String said = openssl(options);

        assertThat(said).doesNotContain("New, TLSv1").contains("alert");
        assertThat(Appliance.read(appliance.log())).doesNotContain("TlsFatalAlert");
    }

    @Test
    void openssl_is_served() throws Exception {
        assertThat(openssl("-tls1_3 -servername attic.lan")).contains("New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384");
    }

    @Test
    void an_openssl_that_can_agrees_on_the_hybrid_key_exchange() throws Exception {
        assumeTrue(openssl("-help").contains("-groups") && lists("X25519MLKEM768"), "this OpenSSL is older than 3.5");

        assertThat(openssl("-tls1_3 -groups X25519MLKEM768:secp256r1")).contains("X25519MLKEM768");
    }

    private static boolean lists(String group) throws Exception {
        return run(List.of("openssl", "list", "-kem-algorithms")).contains(group);
    }

    private static HttpClient client() throws Exception {
        String pem = appliance.command("tls-ca-export").orThrow();
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "appliance",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new java.io.ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private static String openssl(String options) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        List<String> command =
                new java.util.ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + https.getPort()));
        command.addAll(List.of(options.split(" ")));
        return run(command);
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
