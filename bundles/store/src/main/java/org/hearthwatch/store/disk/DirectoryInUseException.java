package org.hearthwatch.store.disk;

import java.io.IOException;

/** Another process has the directory. */
public final class DirectoryInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    public DirectoryInUseException(String message) {
        super(message);
    }
}
