package org.hearthwatch.notifier.webhook.section;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.ClientCredentials;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Route;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.TokenWire;
import org.hearthwatch.notifier.webhook.Wire;

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
    private final Optional<Tokens> tokens;
    private final List<Header> headers;
    private final Route route;

    private HttpOptions(Optional<Credentials> credentials, Optional<Tokens> tokens, List<Header> headers, Route route) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.headers = List.copyOf(headers);
        this.route = route;
    }

    /** Of an entry, else of the global section. */
    static HttpOptions of(Entry entry) throws InvalidReceiverException {
        Optional<Entry> given = entry.partOrGlobal("http_config");
        if (given.isEmpty()) {
            return new HttpOptions(Optional.empty(), Optional.empty(), List.of(), Route.DIRECT);
        }
        Entry options = given.get();
        // Redirects stay on their host whatever is said, and HTTP/1.1 is enough for one request.
        options.truth("follow_redirects", true);
        options.truth("enable_http2", true);
        Optional<Credentials> credentials = credentials(options);
        Optional<Tokens> tokens = Tokens.of(options);
        if (credentials.isPresent() && tokens.isPresent()) {
            throw new InvalidReceiverException(
                    "http_config", "only one of basic_auth, authorization, bearer_token and oauth2 may be there");
        }
        var result = new HttpOptions(credentials, tokens, headers(options), Transport.of(options, "http_config"));
        options.complete();
        return result;
    }

    /** Whom to ask for a token, and the way there. */
    record Tokens(ClientCredentials credentials, Route route) {

        static Optional<Tokens> of(Entry options) throws InvalidReceiverException {
            Optional<Entry> given = options.part("oauth2");
            if (given.isEmpty()) {
                return Optional.empty();
            }
            Entry entry = given.get();
            try {
                var tokens = new Tokens(
                        new ClientCredentials(
                                Draft.address(entry.needed("token_url")),
                                entry.needed("client_id"),
                                Entry.needed("client_secret", entry.secret("client_secret")),
                                entry.texts("scopes"),
                                entry.pairs("endpoint_params")),
                        Transport.of(entry, "http_config.oauth2"));
                entry.complete();
                return Optional.of(tokens);
            } catch (DeliveryException e) {
                throw new InvalidReceiverException(
                        "http_config.oauth2.token_url", "http_config.oauth2.token_url: " + e.getMessage());
            }
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
        return credentials.isPresent() || tokens.isPresent();
    }

    /** The way to the receiver, made of ways to anywhere. */
    Wire wire(Function<Route, Wire> wires, Secrets secrets, InstantSource clock) {
        Wire direct = wires.apply(route);
        return tokens.isPresent()
                ? new TokenWire(
                        direct, wires.apply(tokens.get().route()), tokens.get().credentials(), secrets, clock)
                : direct;
    }
}
