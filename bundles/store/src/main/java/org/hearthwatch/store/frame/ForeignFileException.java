package org.hearthwatch.store.frame;

import java.io.IOException;

/** A file in the store's directory that this program did not write or cannot read. */
public final class ForeignFileException extends IOException {

    private static final long serialVersionUID = 1L;

    public ForeignFileException(String message) {
        super(message);
    }
}
