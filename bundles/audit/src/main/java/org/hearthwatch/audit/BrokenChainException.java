package org.hearthwatch.audit;

/** The log is not as it was written; the message names the first place. */
final class BrokenChainException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenChainException(String message) {
        super(message);
    }
}
