package org.hearthwatch.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.Secret;

/**
 * What a password must be: long enough, not the name, none of the most common ones. No rules of composition: they make
 * passwords harder to remember, not harder to guess (NIST SP 800-63B).
 */
final class PasswordRules {

    static final int SHORTEST = 10;
    static final int LONGEST = 128;

    private final Set<String> common;

    PasswordRules() {
        try (InputStream list = PasswordRules.class.getResourceAsStream("common-passwords.txt");
                var reader = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            common = reader.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Refusal naming the rule that the password breaks */
    void check(String userName, Secret password) throws Refusal {
        String text = text(password);
        int length = text.codePointCount(0, text.length());
        String plain = text.toLowerCase(Locale.ROOT);
        if (length < SHORTEST || length > LONGEST) {
            throw refused("The password has " + length + " characters; it needs " + SHORTEST + " to " + LONGEST + ".");
        }
        if (plain.equals(userName) || plain.equals(userName + userName)) {
            throw refused("The password must not be the user name.");
        }
        if (common.contains(plain) || plain.chars().distinct().count() < 4 || isOneRun(plain)) {
            throw refused(
                    "This password is one of those everybody tries first; take another, such as four unrelated words.");
        }
    }

    /** The bytes that are hashed: NFKC, so that the same password typed on another keyboard is the same; wipe them. */
    static byte[] bytes(Secret password) throws Refusal {
        return text(password).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Secret password) throws Refusal {
        byte[] utf8 = password.reveal();
        try {
            if (utf8.length > 4 * LONGEST) {
                throw refused("The password is too long; it takes at most " + LONGEST + " characters.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return Normalizer.normalize(text, Normalizer.Form.NFKC);
        } catch (CharacterCodingException e) {
            throw refused("The password is not valid text.");
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    /** {@code abcdefghij}, {@code 9876543210}: every character follows the one before. */
    private static boolean isOneRun(String text) {
        int step = text.charAt(1) - text.charAt(0);
        if (Math.abs(step) != 1) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) - text.charAt(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    private static Refusal refused(String message) {
        return new Refusal(Refusal.Kind.INVALID, message);
    }
}
