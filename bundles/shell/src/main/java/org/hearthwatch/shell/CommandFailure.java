package org.hearthwatch.shell;

/** The command was understood but not carried out; the message says why and what to do next. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message);
    }
}
