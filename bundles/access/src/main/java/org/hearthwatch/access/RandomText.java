package org.hearthwatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.hearthwatch.api.secret.Secret;

/** Unguessable texts, and the digests under which they are kept. Thread-safe. */
final class RandomText {

    private static final int BYTES = 32;

    /** Neither I, L, O nor U: a code may be read out and typed (Crockford's base 32). */
    private static final String CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** 20 letters of 5 bits: 100 bits. */
    private static final int CODE_LENGTH = 20;

    private final SecureRandom random;

    RandomText(SecureRandom random) {
        this.random = random;
    }

    /** 256 bits in 43 characters that need no escaping in a URL, a header or a cookie. */
    String key() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A code of {@value #CODE_LENGTH} letters and digits. */
    String code() {
        var code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
        }
        return code.toString();
    }

    static String sha256(Secret secret) {
        byte[] bytes = secret.reveal();
        try {
            return sha256(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
