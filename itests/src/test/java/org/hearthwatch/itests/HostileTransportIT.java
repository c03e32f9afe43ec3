package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** TLS from outside, and servers that are not who they should be. Cases 45 and 46. */
class HostileTransportIT {

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    @TempDir
    Path folder;

    @Test
    void odd_handshakes_end_in_an_alert_and_the_log_stays_quiet() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        Path addresses = appliance.state().resolve("hearthwatch/http/https-addresses");
        appliance.configure("org.hearthwatch.http", "addresses = 127.0.0.1:0", "hosts = attic.lan");
        try {
            appliance.await("HTTPS", () -> Files.exists(addresses) && Files.size(addresses) > 0);
            int port = URI.create(Appliance.read(addresses).strip()).getPort();
            var answers = new TreeMap<String, String>();
            for (String options : List.of(
                    "-tls1_2",
                    "-tls1_1 -cipher ALL:@SECLEVEL=0",
                    "-tls1_2 -cipher RC4:AES128-SHA:@SECLEVEL=0",
                    "-tls1_3 -servername evil.example.org")) {
                String said = openssl(port, options);
                assertThat(said).as(options).doesNotContain("New, TLSv1");
                answers.put(options, said.contains("alert") ? "alert" : "no handshake");
            }
            for (byte[] noise : List.of(
                    new byte[16_384],
                    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    hugeHello())) {
                try (Socket socket = Wire.connect(port, "127.0.0.1")) {
                    socket.getOutputStream().write(noise);
                    socket.getInputStream().readAllBytes();
                } catch (IOException reset) {
                    // That is an answer, too.
                }
            }
            answers.put("noise, plain HTTP, a hello of 60 kB", "closed");
            List<Socket> half = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                Socket socket = Wire.connect(port, "127.0.0.1");
                socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
                half.add(socket);
            }
            assertThat(openssl(port, "-tls1_3 -servername attic.lan")).contains("New, TLSv1.3");
            assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
            for (Socket socket : half) {
                socket.close();
            }
            answers.put("150 half handshakes", "others are served");
            assertThat(Appliance.read(appliance.log())).doesNotContain("TlsFatalAlert", "SSLHandshakeException");
            HostileCases.answered(45, "TLS", answers + "; no stack trace in the log");
        } finally {
            appliance.resetConfiguration("org.hearthwatch.http");
            appliance.await("the end of HTTPS", () -> !Files.exists(addresses));
        }
    }

    /** A record that claims a hello of 60 kB and brings it in records of 16 kB. */
    private static byte[] hugeHello() {
        byte[] bytes = new byte[4 * (5 + 16_384)];
        for (int i = 0; i < 4; i++) {
            int at = i * (5 + 16_384);
            bytes[at] = 0x16;
            bytes[at + 1] = 3;
            bytes[at + 2] = 1;
            bytes[at + 3] = 0x40;
        }
        bytes[5] = 1;
        bytes[7] = (byte) 0xea;
        bytes[8] = 0x60;
        return bytes;
    }

    private static String openssl(int port, String options) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(options.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void a_server_that_is_not_who_it_should_be_is_told_nothing() throws Exception {
        var heard = new AtomicInteger();
        HttpsServer server = selfSigned();
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        var answers = new TreeMap<String, String>();
        try {
            Files.writeString(
                    appliance.etc().resolve("alertmanager.yml"),
                    "route:\n  receiver: try\nreceivers:\n- name: try\n  webhook_configs:\n  - url: 'https://localhost:"
                            + server.getAddress().getPort() + "/'\n");
            appliance.command("route-reload").orThrow();
            answers.put("self-signed", refusal());
            String wrong = "sha256/" + "A".repeat(43) + "=";
            appliance.configure("org.hearthwatch.transport", "pins = localhost = " + wrong);
            appliance.await("the pin to count", () -> refusal().contains(wrong));
            answers.put("another key than the pinned", refusal());
            assertThat(answers.get("another key than the pinned")).containsPattern("sha256/(?!AAAA)[A-Za-z0-9+/]{43}=");
            assertThat(heard).hasValue(0);
        } finally {
            server.stop(0);
            Files.deleteIfExists(appliance.etc().resolve("alertmanager.yml"));
            appliance.resetConfiguration("org.hearthwatch.transport");
            appliance.command("route-reload");
        }
        HostileCases.answered(
                46,
                "a receiver's server (expired, another name, MD5, by a real authority with another key:"
                        + " OutgoingTlsTest)",
                answers.toString());
    }

    private static String refusal() {
        Script.Reply reply = appliance.command("receiver-test", "try");
        assertThat(reply.exitCode()).as(reply.toString()).isNotZero();
        return (reply.out() + reply.err()).strip();
    }

    private HttpsServer selfSigned() throws Exception {
        Path store = folder.resolve("keys.p12");
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
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }
}
