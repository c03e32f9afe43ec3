package org.hearthwatch.transport.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.regex.Pattern;

/** The SHA-256 of a public key as certificates hold it (SubjectPublicKeyInfo), written as in RFC 7469: {@code sha256/BASE64}. */
public record Pin(String text) {

    /** What such a text looks like. */
    private static final String ALLOWED = "sha256/ and 44 characters of base64";

    private static final Pattern FORM = Pattern.compile("sha256/[A-Za-z0-9+/]{43}=");

    public Pin {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("pins: " + ALLOWED);
        }
    }

    /** The pin of a certificate's key. */
    public static Pin of(Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return new Pin("sha256/" + Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
