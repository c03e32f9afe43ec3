package org.hearthwatch.alert.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.alert.nflog.Slot;

/** Keys of messages: 32 hexadecimal digits of a SHA-256. Thread-safe. */
final class MessageKeys {

    private static final int DIGITS = 32;

    private final AtomicLong count = new AtomicLong();

    String next(Slot slot, Instant now) {
        return digest(slot.channel() + '\0' + slot.group() + '\0' + now + '\0' + count.incrementAndGet());
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
