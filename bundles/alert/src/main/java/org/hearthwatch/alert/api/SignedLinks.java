package org.hearthwatch.alert.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hearthwatch.alert.held.Fingerprint;
import org.hearthwatch.alert.notify.Links;
import org.hearthwatch.api.metric.Labels;

/**
 * Links that carry the right to do one thing to one alert for a while, and nothing else: action, alert and end stand in the
 * link, sealed with HMAC-SHA-256 under a key of this appliance. Thread-safe.
 */
public final class SignedLinks implements Links {

    /** Where the links lead. */
    static final String PATH = "/alert-link/";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 16;
    private static final Pattern FORM =
            Pattern.compile("(acknowledge|silence)-([0-9a-f]{16})-([0-9a-f]{1,12})\\.([A-Za-z0-9_-]{22})");

    private final SecretKeySpec key;
    private final String externalUrl;
    private final Duration lifetime;
    private final InstantSource clock;

    /** What a link lets one do. */
    enum Action {
        ACKNOWLEDGE("acknowledge"),
        SILENCE("silence");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A link that is in order. */
    record Right(Action action, String fingerprint, Instant until) {}

    /**
     * Links.
     *
     * @param key at least 32 bytes
     * @param externalUrl under which people reach the appliance; without one there are no links
     * @param lifetime after which a link is of no use
     */
    public SignedLinks(byte[] key, String externalUrl, Duration lifetime, InstantSource clock) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.externalUrl = externalUrl;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public Optional<URI> acknowledge(Labels alert) {
        return link(Action.ACKNOWLEDGE, alert);
    }

    @Override
    public Optional<URI> silence(Labels alert) {
        return link(Action.SILENCE, alert);
    }

    private Optional<URI> link(Action action, Labels alert) {
        if (externalUrl.isEmpty()) {
            return Optional.empty();
        }
        long until = clock.instant().plus(lifetime).getEpochSecond();
        String right = action.word() + "-" + Fingerprint.text(alert) + "-" + Long.toHexString(until);
        return Optional.of(URI.create(externalUrl + PATH + right + "." + seal(right)));
    }

    /** What a link lets one do; nothing if it is not one of ours or its time is over. */
    Optional<Right> check(String token) {
        var match = FORM.matcher(token);
        if (!match.matches()) {
            return Optional.empty();
        }
        String right = token.substring(0, token.indexOf('.'));
        byte[] expected = seal(right).getBytes(StandardCharsets.US_ASCII);
        Instant until = Instant.ofEpochSecond(HexFormat.fromHexDigitsToLong(match.group(3)));
        boolean good = MessageDigest.isEqual(expected, match.group(4).getBytes(StandardCharsets.US_ASCII));
        if (!good || !until.isAfter(clock.instant())) {
            return Optional.empty();
        }
        Action action = match.group(1).equals("silence") ? Action.SILENCE : Action.ACKNOWLEDGE;
        return Optional.of(new Right(action, match.group(2), until));
    }

    private String seal(String right) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] full = mac.doFinal(right.getBytes(StandardCharsets.US_ASCII));
            byte[] cut = Arrays.copyOf(full, MAC_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(cut);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
