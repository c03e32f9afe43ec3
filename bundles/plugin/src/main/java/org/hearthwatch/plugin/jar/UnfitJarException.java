package org.hearthwatch.plugin.jar;

/** A file that cannot be a plugin; the message says why, for people. */
public final class UnfitJarException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean incomplete;

    UnfitJarException(String message) {
        this(message, false);
    }

    UnfitJarException(String message, boolean incomplete) {
        super(message);
        this.incomplete = incomplete;
    }

    /** Whether the file may only be half written: it is no ZIP file, or one without its end. */
    public boolean isIncomplete() {
        return incomplete;
    }
}
