package org.hearthwatch.notifier.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.OneLine;
import org.hearthwatch.api.secret.Secrets;

/**
 * Shows a token with each request. The token is kept until shortly before it ends; one that is no longer taken is replaced
 * once. Thread-safe.
 */
public final class TokenWire implements Wire {

    private static final int UNAUTHORIZED = 401;
    private static final long USUAL_SECONDS = 3600;

    private final Wire requests;
    private final Wire tokens;
    private final ClientCredentials credentials;
    private final Secrets secrets;
    private final KeptToken kept;

    /** @param tokens the way to whom gives tokens */
    public TokenWire(Wire requests, Wire tokens, ClientCredentials credentials, Secrets secrets, InstantSource clock) {
        this.requests = requests;
        this.tokens = tokens;
        this.credentials = credentials;
        this.secrets = secrets;
        this.kept = new KeptToken(this::fresh, clock);
    }

    @Override
    public Answer exchange(Call call, Duration timeout) throws IOException, InterruptedException {
        String token = kept.get(timeout);
        Answer answer = requests.exchange(showing(call, token), timeout);
        if (answer.status() == UNAUTHORIZED) {
            kept.forget(token);
            token = kept.get(timeout);
            answer = requests.exchange(showing(call, token), timeout);
        }
        return new Answer(answer.status(), answer.headers(), answer.body().replace(token, "***"));
    }

    private static Call showing(Call call, String token) {
        return call.with("Authorization", "Bearer " + token);
    }

    private KeptToken.Token fresh(Duration timeout) throws IOException, InterruptedException {
        String host = credentials.tokenUrl().getHost();
        Answer answer = tokens.exchange(request(), timeout);
        JsonNode json = Json.read(answer.body());
        String token = json.path("access_token").asText("");
        if (!answer.isGood() || !token.matches("[\\x21-\\x7e]{1,8192}")) {
            // The body may hold a token after all, the standard's error code does not.
            String error = Cut.toCodePoints(OneLine.of(json.path("error").asText("")), 60);
            throw new IOException("no token from " + host + ": HTTP " + answer.status()
                    + (error.isEmpty() ? "" : ", " + error) + "; see http_config.oauth2");
        }
        long seconds = json.path("expires_in").asLong(USUAL_SECONDS);
        return new KeptToken.Token(token, Duration.ofSeconds(Math.min(seconds, USUAL_SECONDS * 24)));
    }

    private Call request() throws IOException {
        var form = new TreeMap<String, String>(credentials.more());
        form.put("grant_type", "client_credentials");
        if (!credentials.scopes().isEmpty()) {
            form.put("scope", String.join(" ", credentials.scopes()));
        }
        String pair = encoded(credentials.clientId()) + ":" + encoded(secret());
        return new Call(
                "POST",
                credentials.tokenUrl(),
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII))),
                form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private String secret() throws IOException {
        try {
            return credentials.clientSecret().open(secrets);
        } catch (DeliveryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
