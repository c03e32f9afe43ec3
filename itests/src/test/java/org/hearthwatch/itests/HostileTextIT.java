package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Text that others chose, where it is shown, logged or followed. Cases 18 to 23. */
class HostileTextIT {

    private static final String SVG = "\"><svg onload=alert(1)>";
    private static final String TERMINAL = "\u001b[31mred\u001b]52;c;ZXZpbA==\u0007\u202etxt.exe\u0085";

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    @BeforeAll
    static void series_with_such_labels() throws Exception {
        String push = appliance
                .command("token-create", "hostile-text", "--scope", "push", "--source", "text", "--quiet")
                .orThrow()
                .strip();
        String body = "evil_text{a=\"" + SVG.replace("\"", "\\\"")
                + "\",b=\"javascript:alert(1)\",c=\"{{.}}\",d=\"=cmd|'/c'!A1\",e=\"" + TERMINAL + "\"} 1\n";
        Wire.Answer answer = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "POST",
                "/api/v1/import/prometheus",
                body,
                "Content-Type: text/plain",
                "Authorization: Bearer " + push);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        String read = HostileCases.adminToken();
        appliance.await("the series", () -> !appliance.query("evil_text", read).isEmpty());
    }

    @Test
    void a_label_is_never_a_page() throws Exception {
        Wire.Answer answer = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "GET",
                "/api/v1/series?match%5B%5D=evil_text",
                "",
                "Authorization: Bearer " + HostileCases.adminToken());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        Wire.Answer page = Wire.ask(appliance.port(), "127.0.0.1", "GET", "/", "");
        String policy = page.header("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        Wire.Answer missing = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "GET",
                "/" + URLEncoder.encode(SVG, StandardCharsets.UTF_8).replace("+", "%20"),
                "");
        assertThat(missing.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        HostileCases.answered(
                18,
                "labels with " + SVG + ", javascript:, {{.}}, =cmd",
                "JSON with nosniff, policy " + policy.split(";", 2)[0]
                        + ", no inline script; shown as text in the console (ConsoleIT); nothing" + " writes CSV");
    }

    @Test
    void a_terminal_is_told_nothing() throws Exception {
        for (String[] command :
                new String[][] {{"query", "evil_text"}, {"query", "evil_text", "--json"}, {"metric-list"}}) {
            Script.Reply reply = appliance.command(command);
            assertThat(reply.exitCode()).as(reply.toString()).isZero();
            assertThat(reply.out()).doesNotContain("\u001b[31m", "\u001b]52", "\u0007", "\u202e", "\u0085");
        }
        HostileCases.answered(19, "labels with colours, OSC 52, U+202E, C1 controls, in the shell", "escaped");
    }

    @Test
    void one_event_is_one_line() throws Exception {
        String forged = "ann\r\n{\"v\":1,\"seq\":0,\"actor\":\"forged\"}\u2028\u202e";
        Person.at(appliance, Wire.otherNetwork()).signIn(forged, "wrong");
        Wire.ask(
                appliance.port(),
                Wire.otherNetwork(),
                "POST",
                "/api/hw/sign-in",
                Person.json("user", "agent", "password", "x"),
                "Content-Type: application/json",
                "User-Agent: x\u001b[0m{\"actor\":\"forged\"}");
        assertThat(Files.readAllLines(appliance.log())).noneMatch(line -> line.startsWith("{\"v\":1"));
        assertThat(Files.readAllLines(appliance.state().resolve("hearthwatch/audit/audit.jsonl")))
                .allMatch(line -> line.startsWith("{\"v\":1,\"seq\":") && line.endsWith("\"}"))
                .noneMatch(line -> line.contains("\"actor\":\"forged\""));
        assertThat(appliance.command("audit-verify").exitCode()).isZero();
        HostileCases.answered(
                20,
                "a name typed with CRLF and a forged entry, a User-Agent with one",
                "one line each, the name itself not recorded, being nobody's; audit-verify is content");
    }

    @Test
    void an_alert_adds_nothing_to_the_head_of_a_mail() throws Exception {
        Path routes = appliance.etc().resolve("alertmanager.yml");
        try (var post = new PostOffice()) {
            Files.writeString(
                    routes,
                    "route:\n  receiver: mail\n  group_wait: 1s\nreceivers:\n- name: mail\n  email_configs:\n"
                            + "  - to: keeper@example.org\n    from: hearthwatch@example.org\n    smarthost: 127.0.0.1:"
                            + post.port()
                            + "\n    require_tls: false\n    headers:\n"
                            + "      Subject: '{{ .CommonLabels.alertname }} {{ .CommonAnnotations.summary }}'\n");
            appliance.command("route-reload").orThrow();
            Wire.Answer taken = Wire.ask(
                    appliance.port(),
                    "127.0.0.1",
                    "POST",
                    "/api/v2/alerts",
                    "["
                            + Person.json(
                                    "labels",
                                    Map.of("alertname", "Injected\r\nBcc: evil@example.org", "severity", "critical"),
                                    "annotations",
                                    Map.of("summary", "x\r\nTo: evil@example.org\r\n\r\nbody"))
                            + "]",
                    "Content-Type: application/json",
                    "Authorization: Bearer " + HostileCases.adminToken());
            assertThat(taken.status()).as(taken.body()).isEqualTo(200);
            appliance.await("the mail", () -> !post.mails.isEmpty());

            assertThat(post.recipients).isNotEmpty().allMatch(to -> to.contains("<keeper@example.org>"));
            String head = post.mails.element().split("\r?\n\r?\n", 2)[0].replaceAll("\r?\n[ \t]", " ");
            assertThat(head.lines()
                            .map(line -> line.substring(0, Math.max(0, line.indexOf(':')))
                                    .toLowerCase(Locale.ROOT)))
                    .contains("subject", "to", "from")
                    .doesNotContain("bcc", "")
                    .doesNotHaveDuplicates();
            assertThat(head.lines().filter(line -> line.startsWith("To:"))).allMatch(line -> line.contains("keeper@"));
        } finally {
            Files.deleteIfExists(routes);
            appliance.command("route-reload");
        }
        HostileCases.answered(
                21,
                "an alert whose name and summary hold CRLF, Bcc: and To:, by mail (addresses, look-alike domains:"
                        + " MailNotifierTest)",
                "one recipient, no header more");
    }

    /** An SMTP server that takes everything. */
    private static final class PostOffice implements AutoCloseable {

        final Queue<String> mails = new ConcurrentLinkedQueue<>();
        final Queue<String> recipients = new ConcurrentLinkedQueue<>();
        private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        PostOffice() throws IOException {
            var thread = new Thread(this::serve, "post-office");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (var socket = listener.accept();
                        var in = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
                    talk(in, socket.getOutputStream());
                } catch (IOException e) {
                    // The next one, or the end of the test.
                }
            }
        }

        private void talk(BufferedReader in, OutputStream out) throws IOException {
            say(out, "220 here");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.toUpperCase(Locale.ROOT);
                if (verb.startsWith("RCPT")) {
                    recipients.add(line);
                }
                if (verb.startsWith("DATA")) {
                    say(out, "354 go on");
                    var mail = new StringBuilder();
                    for (String each = in.readLine(); each != null && !each.equals("."); each = in.readLine()) {
                        mail.append(each).append("\r\n");
                    }
                    mails.add(mail.toString());
                }
                say(out, verb.startsWith("QUIT") ? "221 bye" : "250 fine");
            }
        }

        private static void say(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @Test
    void what_is_not_there_cannot_be_deceived() {
        HostileCases.answered(
                22,
                "a user called “x from 10.0.0.1 port 22” in sshd's log",
                "no part reads sshd's log or bans anybody by one yet");
    }

    @Test
    void addresses_are_what_they_are_and_nothing_is_followed() throws Exception {
        var asked = new ConcurrentLinkedQueue<String>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Location", "/secret");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        var answers = new TreeMap<String, String>();
        try {
            for (String url : List.of(
                    "file:///etc/passwd",
                    "gopher://127.0.0.1/",
                    "http://2130706433:" + port + "/",
                    "http://127.1:" + port + "/",
                    "http://0177.0.0.1:" + port + "/",
                    "http://0x7f.0.0.1:" + port + "/",
                    "http://0:" + port + "/",
                    "http://169.254.169.254/",
                    "http://[::ffff:169.254.169.254]/",
                    "http://127.0.0.1:" + port + "/redirect")) {
                Files.writeString(
                        appliance.etc().resolve("alertmanager.yml"),
                        "route:\n  receiver: try\nreceivers:\n- name: try\n  webhook_configs:\n  - url: '" + url
                                + "'\n");
                Script.Reply loaded = appliance.command("route-reload");
                Script.Reply sent = loaded.exitCode() == 0 ? appliance.command("receiver-test", "try") : loaded;
                assertThat(sent.exitCode()).as("%s: %s", url, sent).isNotZero();
                answers.put(url.replace(":" + port, ""), loaded.exitCode() == 0 ? "not sent" : "not taken");
            }
            assertThat(asked).as("what the server was asked for").containsOnly("/redirect");
        } finally {
            server.stop(0);
            Files.deleteIfExists(appliance.etc().resolve("alertmanager.yml"));
            appliance.command("route-reload");
        }
        HostileCases.answered(
                23,
                "addresses of receivers; a redirect",
                answers
                        + "; the redirect is not followed. Only files in etc/ name addresses, no user of a lesser role"
                        + " does; listed destinations only: EgressGateTest");
    }
}
