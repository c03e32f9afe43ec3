package org.hearthwatch.notifier.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hearthwatch.api.notify.DeliveryException;

/**
 * A channel whose requests prove who sent them: {@code Hearthwatch-Signature: t=SECONDS,v1=HEX}, HEX being the HMAC-SHA-256
 * of the seconds, a dot and the body. A receiver that refuses old seconds is safe from what somebody recorded. With it goes
 * {@code Idempotency-Key}, the same for every try of a notification.
 */
public final class Signed implements Channel {

    private static final String ALGORITHM = "HmacSHA256";

    private final Channel channel;
    private final SecretText key;
    private final InstantSource clock;

    public Signed(Channel channel, SecretText key, InstantSource clock) {
        this.channel = channel;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        byte[] secret = draft.open(key).getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0) {
            throw DeliveryException.lasting("The key for signatures is empty");
        }
        var signed = new ArrayList<Call>();
        for (Call call : channel.calls(draft)) {
            String seconds = String.valueOf(clock.instant().getEpochSecond());
            signed.add(call.with("Hearthwatch-Signature", "t=" + seconds + ",v1=" + mac(secret, seconds, call.body()))
                    .with("Idempotency-Key", draft.notification().key()));
        }
        return signed;
    }

    @Override
    public String read(Answer answer) throws DeliveryException {
        return channel.read(answer);
    }

    private static String mac(byte[] secret, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((seconds + '.').getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256, and it takes any key", e);
        }
    }
}
