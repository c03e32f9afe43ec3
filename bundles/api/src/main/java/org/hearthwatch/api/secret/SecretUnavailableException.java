package org.hearthwatch.api.secret;

/** A secret cannot be had now; the message names the reference and says what to do next. */
public final class SecretUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(String message) {
        super(message);
    }

    public SecretUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
