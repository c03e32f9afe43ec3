package org.hearthwatch.api.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What somebody typed as their name when they wanted to come in, as it may stand in a log. Now and then it is a password, typed
 * where the name belongs; so only names of users are shown, and for others a word that is the same for the same text until the
 * next start, and from which the text cannot be found again.
 */
public final class TypedName {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN = 5;
    private static final SecretKeySpec KEY = key();

    private TypedName() {}

    private static SecretKeySpec key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, ALGORITHM);
    }

    /** The name itself if it is a user's or the operator's, else {@code unknown-} and ten hexadecimal digits. */
    public static String inLog(String typed, Optional<Users> users) {
        boolean known = typed.equals(Principal.operator().name())
                || users.stream()
                        .flatMap(all -> all.list().stream())
                        .anyMatch(user -> user.name().equals(typed));
        return known ? typed : "unknown-" + HexFormat.of().formatHex(hash(typed), 0, SHOWN);
    }

    private static byte[] hash(String typed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(KEY);
            return mac.doFinal(typed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
