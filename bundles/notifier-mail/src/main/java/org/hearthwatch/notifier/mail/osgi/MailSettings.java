package org.hearthwatch.notifier.mail.osgi;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
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
        HostPort server = HostPort.parse(config.smarthost())
                .orElseThrow(() -> new InvalidSettingException(
                        pid, "smarthost", config.smarthost(), "a host and a port, such as mail.home:587"));
        Relay.Tls tls = config.tls().isBlank()
                ? Relay.usual(server.port())
                : word(pid, "tls", config.tls(), Relay.Tls.class, "starttls, implicit or none");
        if (tls == Relay.Tls.NONE && !Relay.isLoopback(server.host())) {
            throw new InvalidSettingException(
                    pid, "tls", config.tls(), "starttls or implicit, unless the server is this machine");
        }
        var relay = new Relay(
                server.host(), server.port(), tls, config.hello().strip(), login(pid, config), timeout(pid, config));
        var design = new Design(
                needed(pid, "from", config.from(), "an address such as watch@home.org"),
                needed(pid, "to", config.to(), "addresses such as me@home.org, separated by commas"),
                Map.of("Subject", or(config.subject(), MailTemplates.SUBJECT)),
                or(config.text(), MailTemplates.TEXT),
                or(config.html(), MailTemplates.HTML),
                truth(pid, "buttons", config.buttons()),
                word(pid, "thread", config.thread(), Design.Threading.class, "group, daily or none"),
                truth(pid, "chart", config.chart()));
        return new MailSettings(relay, design);
    }

    private static Optional<Relay.Login> login(String pid, MailConfig config) {
        String password = config.password().strip();
        if (!password.isEmpty() && !SecretRef.isReference(password)) {
            throw new InvalidSettingException(
                    pid, "password", "***", "a reference such as secret:NAME, env:NAME, file:/PATH or credential:NAME");
        }
        if (config.username().isBlank() != password.isEmpty()) {
            throw new InvalidSettingException(
                    pid, "username", config.username(), "a name together with password, or nothing without it");
        }
        return password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Relay.Login(config.username().strip(), Password.of(password), ""));
    }

    private static String or(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    private static String needed(String pid, String key, String text, String allowed) {
        if (text.isBlank()) {
            throw new InvalidSettingException(pid, key, text, allowed);
        }
        return text.strip();
    }

    private static boolean truth(String pid, String key, String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSettingException(pid, key, text, "true or false");
        };
    }

    private static <T extends Enum<T>> T word(String pid, String key, String text, Class<T> type, String allowed) {
        for (T word : type.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
                return word;
            }
        }
        throw new InvalidSettingException(pid, key, text, allowed);
    }

    private static Duration timeout(String pid, MailConfig config) {
        try {
            Duration timeout = HumanDuration.parse(config.timeout());
            if (timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0) {
                return timeout;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as what is out of bounds.
        }
        throw new InvalidSettingException(
                pid,
                "timeout",
                config.timeout(),
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(LEAST) + " to " + HumanDuration.format(MOST));
    }
}
