package org.hearthwatch.api.notify;

/** A receiver's entry is not allowed. */
public final class InvalidReceiverException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the key within the entry that is wrong, such as {@code smarthost}, or empty if one is missing
     * @param message what is wrong and what is allowed; no secret
     */
    public InvalidReceiverException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The key within the entry that is wrong; empty if one is missing. */
    public String key() {
        return key;
    }
}
