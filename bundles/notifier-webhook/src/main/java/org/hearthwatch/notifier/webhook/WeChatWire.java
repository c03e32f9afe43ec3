package org.hearthwatch.notifier.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.secret.Secrets;

/** Shows WeChat Work's token, got for a company's secret, in each address; one that is no longer taken is replaced once. Thread-safe. */
public final class WeChatWire implements Wire {

    /** Of a token that is wrong, unknown or over. */
    private static final Set<Integer> BAD_TOKEN = Set.of(40_001, 40_014, 42_001);

    private static final long USUAL_SECONDS = 7_200;

    private final Wire wire;
    private final String api;
    private final SecretText company;
    private final SecretText secret;
    private final Secrets secrets;
    private final KeptToken kept;

    /**
     * A way.
     *
     * @param api the address of the service, with a slash at its end
     * @param company its identity
     */
    public WeChatWire(
            Wire wire, String api, SecretText company, SecretText secret, Secrets secrets, InstantSource clock) {
        this.wire = wire;
        this.api = api;
        this.company = company;
        this.secret = secret;
        this.secrets = secrets;
        this.kept = new KeptToken(this::fresh, clock);
    }

    @Override
    public Answer exchange(Call call, Duration timeout) throws IOException, InterruptedException {
        String token = kept.get(timeout);
        Answer answer = wire.exchange(showing(call, token), timeout);
        if (BAD_TOKEN.contains(Json.read(answer.body()).path("errcode").asInt(0))) {
            kept.forget(token);
            token = kept.get(timeout);
            answer = wire.exchange(showing(call, token), timeout);
        }
        return new Answer(answer.status(), answer.headers(), answer.body().replace(token, "***"));
    }

    private static Call showing(Call call, String token) {
        return new Call(
                call.method(),
                URI.create(call.address() + "?access_token=" + encoded(token)),
                call.headers(),
                call.body());
    }

    private KeptToken.Token fresh(Duration timeout) throws IOException, InterruptedException {
        URI address =
                URI.create(api + "gettoken?corpid=" + encoded(open(company)) + "&corpsecret=" + encoded(open(secret)));
        Answer answer = wire.exchange(new Call("GET", address, Map.of(), new byte[0]), timeout);
        JsonNode json = Json.read(answer.body());
        String token = json.path("access_token").asText("");
        if (!answer.isGood() || token.isEmpty()) {
            throw new IOException("no token from " + address.getHost() + ": HTTP " + answer.status() + ", code "
                    + json.path("errcode").asInt(0) + "; see corp_id and api_secret");
        }
        return new KeptToken.Token(
                token, Duration.ofSeconds(json.path("expires_in").asLong(USUAL_SECONDS)));
    }

    private String open(SecretText text) throws IOException {
        try {
            return text.open(secrets);
        } catch (DeliveryException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
