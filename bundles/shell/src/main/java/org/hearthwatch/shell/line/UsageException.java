package org.hearthwatch.shell.line;

/** The words do not fit the command; the message says which, for people. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
