package org.hearthwatch.notifier.webhook.section;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.SecretText;

/** What an {@code http_config} asks of every request, as Prometheus's common configuration has it. Thread-safe. */
public final class HttpOptions {

    /** Who we are. */
    private sealed interface Credentials {

        String header(Draft draft) throws DeliveryException;

        record Basic(String user, Optional<SecretText> userFile, Optional<SecretText> password) implements Credentials {

            @Override
            public String header(Draft draft) throws DeliveryException {
                String name = userFile.isPresent() ? draft.open(userFile.get()) : user;
                String pair = name + ":" + (password.isPresent() ? draft.open(password.get()) : "");
                return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            }
        }

        record Token(String type, SecretText value) implements Credentials {

            @Override
            public String header(Draft draft) throws DeliveryException {
                return type + " " + draft.header(value);
            }
        }
    }

    private record Header(String name, SecretText value) {}

    private final Optional<Credentials> credentials;
    private final List<Header> headers;

    private HttpOptions(Optional<Credentials> credentials, List<Header> headers) {
        this.credentials = credentials;
        this.headers = List.copyOf(headers);
    }

    /** Of an entry, else of the global section. */
    static HttpOptions of(Entry entry) throws InvalidReceiverException {
        Optional<Entry> given = entry.partOrGlobal("http_config");
        if (given.isEmpty()) {
            return new HttpOptions(Optional.empty(), List.of());
        }
        Entry options = given.get();
        for (String key :
                List.of("oauth2", "proxy_url", "no_proxy", "proxy_from_environment", "proxy_connect_header")) {
            if (options.value(key).filter(value -> !Boolean.FALSE.equals(value)).isPresent()) {
                throw new InvalidReceiverException("http_config." + key, "http_config." + key + " is not supported");
            }
        }
        refuseTls(options.part("tls_config"));
        // Redirects stay on their host whatever is said, and HTTP/1.1 is enough for one request.
        options.truth("follow_redirects", true);
        options.truth("enable_http2", true);
        var result = new HttpOptions(credentials(options), headers(options));
        options.complete();
        return result;
    }

    private static void refuseTls(Optional<Entry> tls) throws InvalidReceiverException {
        if (tls.isEmpty()) {
            return;
        }
        if (tls.get().truth("insecure_skip_verify", false)) {
            throw new InvalidReceiverException(
                    "http_config.tls_config.insecure_skip_verify",
                    "certificates are always checked; trust the receiver's authority in the appliance's TLS settings");
        }
        try {
            tls.get().complete();
        } catch (InvalidReceiverException e) {
            throw new InvalidReceiverException(
                    "http_config.tls_config." + e.key(),
                    "whom to trust is the appliance's TLS settings' business; remove tls_config." + e.key()
                            + " and trust the authority there");
        }
    }

    private static Optional<Credentials> credentials(Entry options) throws InvalidReceiverException {
        var found = new ArrayList<Credentials>();
        Optional<Entry> basic = options.part("basic_auth");
        if (basic.isPresent()) {
            found.add(new Credentials.Basic(
                    basic.get().text("username", ""),
                    basic.get().text("username_file").map(SecretText::inFile),
                    basic.get().secret("password")));
            basic.get().complete();
        }
        Optional<Entry> authorization = options.part("authorization");
        if (authorization.isPresent()) {
            String type = authorization.get().text("type", "Bearer").strip();
            if (!type.matches("[A-Za-z][A-Za-z0-9-]{0,30}") || type.equalsIgnoreCase("Basic")) {
                throw new InvalidReceiverException(
                        "http_config.authorization.type", "type takes a word such as Bearer, and not Basic");
            }
            found.add(new Credentials.Token(
                    type, Entry.needed("credentials", authorization.get().secret("credentials"))));
            authorization.get().complete();
        }
        options.secret("bearer_token").ifPresent(token -> found.add(new Credentials.Token("Bearer", token)));
        if (found.size() > 1) {
            throw new InvalidReceiverException(
                    "http_config", "only one of basic_auth, authorization and bearer_token may be there");
        }
        return found.stream().findFirst();
    }

    private static List<Header> headers(Entry options) throws InvalidReceiverException {
        var headers = new ArrayList<Header>();
        for (Map.Entry<String, Object> header : options.any("http_headers").entrySet()) {
            var one = new Entry(Map.of("header", header.getValue()), Map.of()).part("header");
            var values = new ArrayList<SecretText>();
            if (one.isPresent()) {
                one.get().texts("values").forEach(value -> values.add(SecretText.of(value)));
                one.get().texts("secrets").forEach(value -> values.add(SecretText.of(value)));
                one.get().texts("files").forEach(file -> values.add(SecretText.inFile(file)));
                one.get().complete();
            }
            if (!header.getKey().matches("[A-Za-z0-9-]{1,64}") || values.size() != 1) {
                throw new InvalidReceiverException(
                        "http_config.http_headers",
                        "http_headers takes names of letters, digits and dashes, each with one value");
            }
            headers.add(new Header(header.getKey(), values.get(0)));
        }
        return headers;
    }

    /** The request with what is asked for. */
    Call apply(Call call, Draft draft) throws DeliveryException {
        Call asked = call;
        for (Header header : headers) {
            asked = asked.with(header.name(), draft.header(header.value()));
        }
        return credentials.isPresent()
                ? asked.with("Authorization", credentials.get().header(draft))
                : asked;
    }

    /** Whether requests say who we are. */
    boolean hasCredentials() {
        return credentials.isPresent();
    }
}
