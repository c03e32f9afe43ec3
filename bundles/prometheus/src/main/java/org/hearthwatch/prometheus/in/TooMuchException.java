package org.hearthwatch.prometheus.in;

/** A request brings more than is allowed. */
public final class TooMuchException extends Exception {

    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
        super(message);
    }
}
