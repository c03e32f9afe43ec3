package org.hearthwatch.api.backup;

/** A backup was not made, or is not what it should be; the message says which part, and what to do next. */
public final class BackupException extends Exception {

    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
