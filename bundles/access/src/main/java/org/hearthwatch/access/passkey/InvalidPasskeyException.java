package org.hearthwatch.access.passkey;

/** An answer that proves nothing. The message is for the log: it says which check failed, in the library's words. */
public final class InvalidPasskeyException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidPasskeyException(String message) {
        super(message);
    }
}
