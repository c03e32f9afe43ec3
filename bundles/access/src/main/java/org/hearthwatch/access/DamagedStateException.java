package org.hearthwatch.access;

import java.nio.file.Path;

/** The state file is there and cannot be understood; the message says what to do. */
public final class DamagedStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DamagedStateException(Path file, String why) {
        super("Cannot read " + file + ": " + why
                + ". Nobody can sign in until it is put right: restore it from a backup, or"
                + " remove it to begin with a new set-up (all users and tokens are then gone).");
    }
}
