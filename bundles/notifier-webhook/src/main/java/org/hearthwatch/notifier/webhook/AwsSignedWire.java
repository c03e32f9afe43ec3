package org.hearthwatch.notifier.webhook;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.secret.Secrets;

/**
 * Signs each request as Amazon's Signature Version 4 says: an HMAC-SHA-256 over the method, the address, the headers and the
 * body, with a key made of the secret, the day, the region and the service. For addresses without a query. Thread-safe.
 */
public final class AwsSignedWire implements Wire {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY = 8;

    private final Wire wire;
    private final AwsKeys keys;
    private final Secrets secrets;
    private final InstantSource clock;

    public AwsSignedWire(Wire wire, AwsKeys keys, Secrets secrets, InstantSource clock) {
        this.wire = wire;
        this.keys = keys;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Answer exchange(Call call, Duration timeout) throws IOException, InterruptedException {
        return wire.exchange(signed(call, clock.instant()), timeout);
    }

    Call signed(Call call, Instant now) throws IOException {
        String moment = MOMENT.format(now);
        Call dated = call.with("X-Amz-Date", moment);
        Optional<SecretText> token = keys.token();
        if (token.isPresent()) {
            dated = dated.with("X-Amz-Security-Token", open(token.get()));
        }
        Map<String, String> headers = signedHeaders(dated);
        String names = String.join(";", headers.keySet());
        String canonical = String.join(
                "\n",
                dated.method(),
                path(dated.address()),
                "",
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining()),
                names,
                hash(dated.body()));
        String scope = String.join("/", moment.substring(0, DAY), keys.region(), keys.service(), "aws4_request");
        String text = String.join("\n", ALGORITHM, moment, scope, hash(utf8(canonical)));
        byte[] key = utf8("AWS4" + open(keys.secretKey()));
        for (String part : scope.split("/", -1)) {
            key = mac(key, part);
        }
        return dated.with(
                "Authorization",
                ALGORITHM + " Credential=" + open(keys.accessKey()) + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HexFormat.of().formatHex(mac(key, text)));
    }

    private String open(SecretText secret) throws IOException {
        try {
            String value = secret.open(secrets).strip();
            if (value.isEmpty() || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
                throw new IOException("a key of sigv4 is empty, or holds characters that no key has");
            }
            return value;
        } catch (DeliveryException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, String> signedHeaders(Call call) {
        var headers = new TreeMap<String, String>();
        call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.strip()));
        URI address = call.address();
        // As it is sent: without a port that goes without saying.
        int usual = address.getScheme().equals("https") ? 443 : 80;
        boolean isUsual = address.getPort() < 0 || address.getPort() == usual;
        headers.put("host", isUsual ? address.getHost() : address.getHost() + ":" + address.getPort());
        return headers;
    }

    private static String path(URI address) {
        String path = address.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(utf8(text));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256, and it takes any key", e);
        }
    }
}
