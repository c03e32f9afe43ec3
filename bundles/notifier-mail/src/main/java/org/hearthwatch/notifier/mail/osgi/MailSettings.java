package org.hearthwatch.notifier.mail.osgi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.notifier.mail.Design;
import org.hearthwatch.notifier.mail.EmailEntry.HostPort;
import org.hearthwatch.notifier.mail.MailTemplates;
import org.hearthwatch.notifier.mail.Password;
import org.hearthwatch.notifier.mail.Relay;

/** A server and what mails look like, made of what stands in a configuration file. */
record MailSettings(Relay relay, Design design) {

    static final String PID = "org.hearthwatch.notifier.mail";

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(5);

    /**
     * Reads settings.
     *
     * @param pid the file's
     * @throws InvalidSettingException naming the first setting that is not allowed
     */
    static MailSettings of(String pid, MailConfig config) {
        var reader = new SettingReader(pid);
        HostPort server = HostPort.parse(config.smarthost())
                .orElseThrow(() ->
                        reader.refused("smarthost", config.smarthost(), "a host and a port, such as mail.home:587"));
        Relay.Tls tls =
                config.tls().isBlank() ? Relay.usual(server.port()) : reader.word("tls", config.tls(), Relay.Tls.class);
        if (tls == Relay.Tls.NONE && !Relay.isLoopback(server.host())) {
            throw reader.refused("tls", config.tls(), "starttls or implicit, unless the server is this machine");
        }
        var relay = new Relay(
                server.host(),
                server.port(),
                tls,
                config.hello().strip(),
                login(reader, config),
                reader.duration("timeout", config.timeout(), LEAST, MOST));
        var design = new Design(
                needed(reader, "from", config.from(), "an address such as watch@home.org"),
                needed(reader, "to", config.to(), "addresses such as me@home.org, separated by commas"),
                Map.of("Subject", or(config.subject(), MailTemplates.SUBJECT)),
                or(config.text(), MailTemplates.TEXT),
                or(config.html(), MailTemplates.HTML),
                reader.truth("buttons", config.buttons()),
                reader.word("thread", config.thread(), Design.Threading.class),
                reader.truth("chart", config.chart()));
        return new MailSettings(relay, design);
    }

    private static Optional<Relay.Login> login(SettingReader reader, MailConfig config) {
        Optional<SecretRef> password = reader.reference("password", config.password());
        if (config.username().isBlank() == password.isPresent()) {
            throw reader.refused("username", config.username(), "a name together with password, or nothing without it");
        }
        return password.map(
                reference -> new Relay.Login(config.username().strip(), Password.of(reference.toString()), ""));
    }

    private static String or(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    private static String needed(SettingReader reader, String key, String text, String allowed) {
        if (text.isBlank()) {
            throw reader.refused(key, text, allowed);
        }
        return text.strip();
    }
}
