package org.hearthwatch.notifier.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.mail.smtp.SmtpPost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails as a real server gets them over TLS, and what comes of servers that misbehave. */
class MailNotifierTest {

    private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
    private static final String USER = "watch@home.org";
    private static final String PASSWORD = "geheim-77";

    @TempDir
    private static Path folder;

    private static SSLContext tls;
    private static SSLContext elsewhere;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Secrets secrets = reference -> {
        if (reference.path().equals("mail")) {
            return Secret.of(PASSWORD);
        }
        throw new SecretUnavailableException(reference + ": there is none");
    };
    private Optional<String> refusal = Optional.empty();
    private SSLContext trusted;
    private GreenMail server;

    @BeforeAll
    static void make_keys() throws Exception {
        Path key = TestTls.keystore(folder, "dns:localhost,ip:127.0.0.1");
        tls = TestTls.context(key);
        elsewhere = TestTls.context(TestTls.keystore(folder, "dns:mail.example.org"));
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, key.toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, TestTls.PASSWORD);
    }

    @BeforeEach
    void start() {
        trusted = tls;
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.setUser(USER, USER, PASSWORD);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        threads.shutdownNow();
    }

    private Egress egress() {
        return new Egress() {
            @Override
            public void permit(String purpose, String host, int port) throws EgressRefusedException {
                assertThat(purpose).isEqualTo("notify");
                if (refusal.isPresent()) {
                    throw new EgressRefusedException(refusal.get());
                }
            }

            @Override
            public SSLContext tls(String host, int port) {
                return trusted;
            }
        };
    }

    private MailNotifier notifier(Relay relay, Design design) {
        return new MailNotifier(
                "ops", relay, new Letter(design, Charts.NONE), new SmtpPost(egress(), secrets, threads), () -> NOW);
    }

    private Relay relay() {
        return new Relay(
                "127.0.0.1",
                server.getSmtps().getPort(),
                Relay.Tls.IMPLICIT,
                "",
                Optional.of(new Relay.Login(USER, Password.of("secret:mail"), "")),
                Duration.ofSeconds(20));
    }

    private static Design design(String to, Map<String, String> headers) {
        return new Design(USER, to, headers, "T", "<p>H</p>", true, Design.Threading.GROUP, false);
    }

    private static Design design() {
        return design("me@home.org, you@home.org", Map.of("Subject", "S"));
    }

    private MimeMessage delivered(Notification notification, Design design) throws Exception {
        notifier(relay(), design).deliver(notification);
        assertThat(server.waitForIncomingEmail(5_000, 1)).isTrue();
        return server.getReceivedMessages()[0];
    }

    @Test
    void a_mail_has_text_html_and_what_it_needs_to_be_a_good_citizen() throws Exception {
        MimeMessage mail = delivered(Samples.firing(), design());

        assertThat(mail.getSubject()).isEqualTo("S");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly(USER);
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("me@home.org", "you@home.org");
        assertThat(mail.getSentDate()).isEqualTo(NOW.toString().replace("Z", ".000"));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        var parts = (Multipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString().strip())
                .isEqualToNormalizingNewlines("T\nAcknowledge: https://watch.home/ack?a=1&b=2");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContent())
                .isEqualTo("<p>H</p><p><a href=\"https://watch.home/ack?a=1&amp;b=2\">Acknowledge</a></p>");
    }

    @Test
    void every_try_of_a_mail_is_the_same_mail_and_those_of_a_group_are_a_thread() throws Exception {
        MailNotifier notifier = notifier(relay(), design("me@home.org", Map.of("Subject", "S")));
        notifier.deliver(Samples.of("one", Samples.SHOWN, ""));
        notifier.deliver(Samples.of("one", Samples.SHOWN, ""));
        notifier.deliver(Samples.of("two", Samples.SHOWN, ""));
        assertThat(server.waitForIncomingEmail(5_000, 3)).isTrue();
        MimeMessage[] mails = server.getReceivedMessages();

        assertThat(mails[0].getMessageID()).matches("<[0-9a-f]{32}@home\\.org>").isEqualTo(mails[1].getMessageID());
        assertThat(mails[2].getMessageID()).isNotEqualTo(mails[0].getMessageID());
        assertThat(mails[0].getHeader("References"))
                .isEqualTo(mails[2].getHeader("References"))
                .isEqualTo(mails[0].getHeader("In-Reply-To"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disk\r\nBcc: evil@example.org",
                "disk\nBcc: evil@example.org\n\n<b>body</b>",
                "disk\rBcc: evil@example.org",
                "disk\u0000\u0085\u2028Bcc: evil@example.org",
                "=?utf-8?Q?disk=0D=0ABcc:_evil@example.org?="
            })
    void nothing_in_an_alerts_text_becomes_a_header_or_a_recipient(String evil) throws Exception {
        Design design = design("me@home.org", Map.of("Subject", "{{ s }}", "X-Cause", "{{ s }}"));

        MimeMessage mail = delivered(Samples.of("k", Samples.where("{{ s }}", evil), ""), design);

        String raw = GreenMailUtil.getHeaders(mail);
        assertThat(raw.lines().map(line -> line.split(":", 2)[0]).filter(name -> name.matches("\\S+")))
                .doesNotContain("Bcc")
                .contains("Subject", "X-Cause");
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(((Multipart) mail.getContent()).getCount()).isEqualTo(2);
    }

    @Test
    void what_is_not_ascii_is_encoded() throws Exception {
        Design design = design("me@home.org", Map.of("Subject", "{{ s }}", "X-Cause", "{{ s }}"));

        MimeMessage mail = delivered(Samples.of("k", Samples.where("{{ s }}", "Plätze: 98 % 🔥"), ""), design);

        assertThat(mail.getSubject()).isEqualTo("Plätze: 98 % 🔥");
        assertThat(mail.getHeader("Subject")[0]).matches("[\\x20-\\x7e\\s]+").contains("=?UTF-8?");
        assertThat(mail.getHeader("X-Cause")[0]).matches("[\\x20-\\x7e\\s]+").contains("=?UTF-8?");
    }

    @Test
    void a_line_with_a_dot_alone_does_not_end_the_mail() throws Exception {
        Design design = new Design(
                USER, "me@home.org", Map.of("Subject", "S"), "{{ t }}", "", false, Design.Threading.NONE, false);

        MimeMessage mail = delivered(Samples.of("k", Samples.where("{{ t }}", "one\n.\n..\ntwo"), ""), design);

        assertThat(((Multipart) mail.getContent())
                        .getBodyPart(0)
                        .getContent()
                        .toString()
                        .strip())
                .isEqualToNormalizingNewlines("one\n.\n..\ntwo");
        assertThat(mail.getHeader("References")).isNull();
    }

    @Test
    void a_domain_of_letters_that_look_like_others_is_shown_as_it_is_looked_up() throws Exception {
        MimeMessage mail = delivered(Samples.firing(), design("me@h\u043eme.org", Map.of("Subject", "S")));

        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("me@xn--hme-sed.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me@home.org\r\nRCPT TO:<evil@example.org>", "me@home.org, not an address", "nobody", ""})
    void a_list_of_recipients_that_is_none_is_refused(String to) {
        Design design =
                new Design(USER, "{{ to }}", Map.of("Subject", "S"), "T", "", false, Design.Threading.NONE, false);

        assertThat(catchThrowableOfType(
                        DeliveryException.class,
                        () -> notifier(relay(), design).deliver(Samples.of("k", Samples.where("{{ to }}", to), ""))))
                .hasMessageStartingWith("to ")
                .matches(e -> !e.retryable());
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_wrong_password_is_final_and_never_shown() {
        Relay wrong = new Relay(
                "127.0.0.1",
                server.getSmtps().getPort(),
                Relay.Tls.IMPLICIT,
                "",
                Optional.of(new Relay.Login(USER, Password.of("wrong-password-1"), "")),
                Duration.ofSeconds(20));

        assertThat(failure(wrong))
                .hasMessageContaining("see whether user and password are right")
                .hasMessageNotContaining("wrong-password-1")
                .matches(e -> !e.retryable());
    }

    @Test
    void a_password_that_cannot_be_had_is_waited_for() {
        Relay sealed = new Relay(
                "127.0.0.1",
                server.getSmtps().getPort(),
                Relay.Tls.IMPLICIT,
                "",
                Optional.of(new Relay.Login(USER, Password.of("secret:other"), "")),
                Duration.ofSeconds(20));

        assertThat(failure(sealed)).hasMessageContaining("secret:other").matches(DeliveryException::retryable);
    }

    @Test
    void a_server_of_another_name_gets_nothing() throws Exception {
        trusted = elsewhere;
        try (var other = new ScriptedSmtp(Optional.of(elsewhere)).start()) {
            assertThat(failure(relayTo(other.port(), Relay.Tls.STARTTLS)))
                    .hasMessageContaining("certificate")
                    .matches(e -> !e.retryable());
            assertThat(other.lines()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void a_server_nobody_trusts_gets_nothing() {
        trusted = elsewhere;

        assertThat(failure(relay())).hasMessageContaining("certificate").matches(e -> !e.retryable());
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_destination_that_is_not_allowed_is_never_reached() {
        refusal = Optional.of("127.0.0.1 is not on the list");

        assertThat(failure(relay())).hasMessage("127.0.0.1 is not on the list").matches(e -> !e.retryable());
    }

    @Test
    void starttls_is_begun_before_anything_is_said() throws Exception {
        try (var other = new ScriptedSmtp(Optional.of(tls)).start()) {
            assertThat(notifier(relayTo(other.port(), Relay.Tls.STARTTLS), design())
                            .deliver(Samples.firing()))
                    .isEqualTo("250 2.0.0 queued as 7");

            assertThat(other.isSecured()).isTrue();
            assertThat(other.lines().subList(0, 2))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("EHLO "),
                            line -> assertThat(line).isEqualTo("STARTTLS"));
            assertThat(other.lines())
                    .contains("MAIL FROM:<" + USER + ">", "RCPT TO:<me@home.org>", "RCPT TO:<you@home.org>");
        }
    }

    @Test
    void a_server_without_starttls_gets_nothing() throws Exception {
        try (var other = new ScriptedSmtp(Optional.empty()).start()) {
            assertThat(failure(relayTo(other.port(), Relay.Tls.STARTTLS)))
                    .hasMessageContaining("STARTTLS")
                    .matches(e -> !e.retryable());
            assertThat(other.lines()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void plain_mail_is_for_this_machine_only() {
        assertThatThrownBy(() -> relayTo("mail.home", 25, Relay.Tls.NONE)).hasMessageContaining("only over TLS");
        assertThat(relayTo("localhost", 25, Relay.Tls.NONE).tls()).isEqualTo(Relay.Tls.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 4.3.0 try later, true",
        "MAIL, 550 5.7.1 not you, false",
        "RCPT, 450 4.2.1 greylisted, true",
        "RCPT, 550 5.1.1 unknown, false",
        "DATA, 452 4.3.1 disk full, true",
        "., 421 4.7.0 too many, true",
        "., 554 5.6.0 spam, false",
        "AUTH, 454 4.7.0 temporary, true",
        "AUTH, 535 5.7.8 wrong, false"
    })
    void a_code_says_whether_another_try_helps(String command, String answer, boolean retryable) throws Exception {
        try (var other =
                new ScriptedSmtp(Optional.of(tls)).answering(command, answer).start()) {
            Relay relay = new Relay(
                    "127.0.0.1",
                    other.port(),
                    Relay.Tls.STARTTLS,
                    "",
                    Optional.of(new Relay.Login(USER, Password.of("secret:mail"), "")),
                    Duration.ofSeconds(20));

            assertThat(failure(relay))
                    .hasMessageContaining(answer.substring(4))
                    .hasMessageNotContaining(PASSWORD)
                    .matches(e -> e.retryable() == retryable);
        }
    }

    @Test
    void a_server_that_says_nothing_is_given_up() throws Exception {
        try (var other =
                new ScriptedSmtp(Optional.of(tls)).answering("MAIL", "").start()) {
            Relay relay = new Relay(
                    "127.0.0.1", other.port(), Relay.Tls.STARTTLS, "", Optional.empty(), Duration.ofMillis(700));

            assertThat(failure(relay)).hasMessageContaining("in time").matches(DeliveryException::retryable);
        }
    }

    @Test
    void a_delivery_ends_when_it_is_interrupted() throws Exception {
        try (var other =
                new ScriptedSmtp(Optional.of(tls)).answering("EHLO", "").start()) {
            MailNotifier notifier = notifier(relayTo(other.port(), Relay.Tls.STARTTLS), design());
            var seen = new AtomicReference<Throwable>();
            var thread = new Thread(() -> {
                try {
                    notifier.deliver(Samples.firing());
                } catch (DeliveryException | InterruptedException e) {
                    seen.set(e);
                }
            });
            thread.start();
            thread.interrupt();
            thread.join();

            assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        }
    }

    private Relay relayTo(int port, Relay.Tls how) {
        return relayTo("127.0.0.1", port, how);
    }

    private static Relay relayTo(String host, int port, Relay.Tls how) {
        return new Relay(host, port, how, "watch.home", Optional.empty(), Duration.ofSeconds(20));
    }

    private DeliveryException failure(Relay relay) {
        return catchThrowableOfType(
                DeliveryException.class, () -> notifier(relay, design()).deliver(Samples.firing()));
    }
}
