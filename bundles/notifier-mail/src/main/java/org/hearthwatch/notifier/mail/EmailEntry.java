package org.hearthwatch.notifier.mail;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.jspecify.annotations.Nullable;

/** An entry of Alertmanager's {@code email_configs}, with the {@code smtp_…} keys of the global section behind it. */
public final class EmailEntry {

    /** Half of it is the name of a host, the other half a port. */
    private static final Pattern SMARTHOST = Pattern.compile("\\[?([^\\[\\]\\s]{1,255}?)\\]?:(\\d{1,5})");

    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> KEYS = Set.of(
            "send_resolved",
            "to",
            "from",
            "hello",
            "smarthost",
            "auth_username",
            "auth_password",
            "auth_password_file",
            "auth_secret",
            "auth_secret_file",
            "auth_identity",
            "headers",
            "html",
            "text",
            "require_tls",
            "tls_config",
            "force_implicit_tls",
            "threading",
            "buttons");

    private final Map<String, Object> values;
    private final Map<String, Object> global;

    /** A server and what mails look like. */
    public record Read(Relay relay, Design design) {}

    private EmailEntry(Map<String, Object> values, Map<String, Object> global) {
        this.values = values;
        this.global = global;
    }

    /** @throws InvalidReceiverException if the entry is not allowed */
    public static Read read(Map<String, Object> values, Map<String, Object> global) throws InvalidReceiverException {
        for (String key : values.keySet()) {
            if (!KEYS.contains(key)) {
                throw new InvalidReceiverException(
                        key,
                        key + " is not known here; known are "
                                + String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
        var entry = new EmailEntry(values, global);
        return new Read(entry.relay(), entry.design());
    }

    private Relay relay() throws InvalidReceiverException {
        String smarthost = text("smarthost", "smtp_smarthost")
                .orElseThrow(() ->
                        new InvalidReceiverException("smarthost", "one of smarthost and smtp_smarthost is needed"));
        HostPort server = HostPort.parse(smarthost)
                .orElseThrow(() -> new InvalidReceiverException(
                        "smarthost", "smarthost takes a host and a port, such as mail.home:587"));
        Optional<Boolean> implicit = truth("force_implicit_tls", "smtp_force_implicit_tls");
        boolean required = truth("require_tls", "smtp_require_tls").orElse(true);
        Relay.Tls tls = implicit.map(forced -> forced ? Relay.Tls.IMPLICIT : Relay.Tls.STARTTLS)
                .orElse(Relay.usual(server.port()));
        if (!required && tls == Relay.Tls.STARTTLS) {
            tls = Relay.Tls.NONE;
        }
        try {
            return new Relay(
                    server.host(),
                    server.port(),
                    tls,
                    endpointTls(),
                    text("hello", "smtp_hello").orElse(""),
                    login(),
                    TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException("require_tls", String.valueOf(e.getMessage()));
        }
    }

    /** A host and a port. */
    public record HostPort(String host, int port) {

        /** What a text such as {@code mail.home:587} says; nothing if it does not. */
        public static Optional<HostPort> parse(String text) {
            var match = SMARTHOST.matcher(text.strip());
            if (!match.matches()) {
                return Optional.empty();
            }
            int port = Integer.parseInt(match.group(2));
            return port > 0 && port < 65_536 ? Optional.of(new HostPort(match.group(1), port)) : Optional.empty();
        }
    }

    private Optional<Relay.Login> login() throws InvalidReceiverException {
        Optional<String> user = text("auth_username", "smtp_auth_username").filter(name -> !name.isEmpty());
        if (user.isEmpty()) {
            return Optional.empty();
        }
        Optional<Password> password = password("auth_password");
        if (password.isEmpty()) {
            password = globalPassword();
        }
        if (password.isEmpty()) {
            throw new InvalidReceiverException(
                    "auth_password",
                    "auth_password or auth_password_file is needed; CRAM-MD5's auth_secret is not used");
        }
        return Optional.of(new Relay.Login(
                user.get(),
                password.get(),
                text("auth_identity", "smtp_auth_identity").orElse("")));
    }

    private Optional<Password> password(String key) throws InvalidReceiverException {
        return password(key, plain(key, values.get(key)), plain(key, values.get(key + "_file")));
    }

    private Optional<Password> globalPassword() throws InvalidReceiverException {
        String key = "smtp_auth_password";
        return password(key, plain(key, global.get(key)), plain(key, global.get(key + "_file")));
    }

    private static Optional<Password> password(String key, Optional<String> written, Optional<String> file)
            throws InvalidReceiverException {
        if (written.isPresent() && file.isPresent()) {
            throw new InvalidReceiverException(key, "only one of " + key + " and " + key + "_file may be there");
        }
        return written.map(Password::of).or(() -> file.map(Password::inFile));
    }

    private Design design() throws InvalidReceiverException {
        String to = text("to", "")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new InvalidReceiverException("to", "to is missing"));
        String from = text("from", "smtp_from")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new InvalidReceiverException("from", "one of from and smtp_from is needed"));
        Map<String, String> headers = headers();
        try {
            return new Design(
                    from,
                    to,
                    headers,
                    text("text", "").orElse(""),
                    text("html", "").orElse(MailTemplates.HTML),
                    truth("buttons", "").orElse(false),
                    thread(headers),
                    false);
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException("html", String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> headers() throws InvalidReceiverException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Subject", "{{ template \"email.default.subject\" . }}");
        var own = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, Object> header : mapping("headers").entrySet()) {
            if (!HEADER.matcher(header.getKey()).matches()) {
                throw new InvalidReceiverException("headers", "a header's name is made of letters, digits and dashes");
            }
            if (own.put(header.getKey(), plain("headers", header.getValue()).orElse("")) != null) {
                throw new InvalidReceiverException("headers", header.getKey() + " stands there twice");
            }
        }
        headers.putAll(own);
        return headers;
    }

    private Design.Threading thread(Map<String, String> headers) throws InvalidReceiverException {
        Map<String, Object> threading = mapping("threading");
        if (!Boolean.TRUE.equals(threading.get("enabled"))) {
            return Design.Threading.NONE;
        }
        for (String header : List.of("References", "In-Reply-To")) {
            if (headers.containsKey(header)) {
                throw new InvalidReceiverException(
                        "threading", "threading cannot go with a " + header + " of one's own");
            }
        }
        return switch (plain("threading", threading.get("thread_by_date"))
                .orElse("")
                .toLowerCase(Locale.ROOT)) {
            case "none" -> Design.Threading.GROUP;
            case "daily" -> Design.Threading.DAILY;
            default -> throw new InvalidReceiverException("threading", "thread_by_date takes none or daily");
        };
    }

    private EndpointTls endpointTls() throws InvalidReceiverException {
        Map<String, Object> own = mapping("tls_config", values.get("tls_config"));
        try {
            return EndpointTls.ofTlsConfig(
                    own.isEmpty() ? mapping("smtp_tls_config", global.get("smtp_tls_config")) : own);
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException("tls_config", "tls_config." + e.getMessage());
        }
    }

    private Map<String, Object> mapping(String key) throws InvalidReceiverException {
        return mapping(key, values.get(key));
    }

    private static Map<String, Object> mapping(String key, @Nullable Object value) throws InvalidReceiverException {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidReceiverException(key, key + " takes keys with values");
        }
        var mapping = new TreeMap<String, Object>();
        map.forEach((name, inner) -> {
            if (inner != null) {
                mapping.put(String.valueOf(name), inner);
            }
        });
        return mapping;
    }

    private Optional<String> text(String key, String globalKey) throws InvalidReceiverException {
        Optional<String> own = plain(key, values.get(key));
        return own.isPresent() ? own : plain(globalKey, global.get(globalKey));
    }

    private Optional<Boolean> truth(String key, String globalKey) throws InvalidReceiverException {
        Object value = values.getOrDefault(key, global.get(globalKey));
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean truth) {
            return Optional.of(truth);
        }
        throw new InvalidReceiverException(key, key + " takes true or false");
    }

    private static Optional<String> plain(String key, @Nullable Object value) throws InvalidReceiverException {
        if (value instanceof Map || value instanceof List) {
            throw new InvalidReceiverException(key, key + " takes one value");
        }
        return Optional.ofNullable(value).map(String::valueOf);
    }
}
