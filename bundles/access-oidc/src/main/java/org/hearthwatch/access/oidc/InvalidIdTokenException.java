package org.hearthwatch.access.oidc;

/** An identity token that proves nothing; the message says why, for the log. */
final class InvalidIdTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidIdTokenException(String message) {
        super(message);
    }
}
