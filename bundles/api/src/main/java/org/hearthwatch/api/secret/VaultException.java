package org.hearthwatch.api.secret;

/** The vault did not do what it was asked; the message says why and what to do next, and never holds a secret. */
public final class VaultException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public VaultException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public VaultException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What stands in the way. */
    public enum Kind {
        /** There is no vault yet. */
        ABSENT,
        /** There is one already. */
        EXISTS,
        /** It must be unsealed first. */
        SEALED,
        /** No slot opens with this key. */
        WRONG_KEY,
        /** The file was changed, cut or is none. */
        DAMAGED,
        /** The file is older than what the audit log saw. */
        ROLLED_BACK,
        /** There is no such secret, version or slot. */
        UNKNOWN,
        /** What was asked for is not allowed; nothing was changed. */
        INVALID,
        /** Disk, token or memory did not do their part; nothing was changed. */
        UNAVAILABLE
    }
}
