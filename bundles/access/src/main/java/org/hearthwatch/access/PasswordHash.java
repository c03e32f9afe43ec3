package org.hearthwatch.access;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored password: Argon2id in the PHC string format, {@code $argon2id$v=19$m=19456,t=4,p=1$salt$hash}, base64 without
 * padding. The parameters stand in the string, so that hashes made with other settings stay usable.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, never handed out
record PasswordHash(Argon2Cost cost, byte[] salt, byte[] hash) {

    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

    /** @throws IllegalArgumentException if it is not such a string or its parameters are out of bounds */
    static PasswordHash parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an Argon2id hash in PHC format");
        }
        var cost = new Argon2Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        var decoder = Base64.getDecoder();
        return new PasswordHash(cost, decoder.decode(parts.group(3)), decoder.decode(parts.group(4)));
    }

    String phc() {
        var encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=1$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && cost.equals(that.cost)
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "PasswordHash[***]";
    }
}
