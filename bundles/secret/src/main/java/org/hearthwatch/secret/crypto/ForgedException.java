package org.hearthwatch.secret.crypto;

/** What was to be decrypted was not encrypted with this key, for this place, or was changed since. */
public final class ForgedException extends Exception {

    private static final long serialVersionUID = 1L;

    public ForgedException(String message) {
        super(message);
    }
}
