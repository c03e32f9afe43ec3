package org.hearthwatch.query.remote;

/** The remote engine gave no answer that could be used; the message says why, for people. */
final class RemoteUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    RemoteUnavailableException(String message) {
        super(message);
    }

    RemoteUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
