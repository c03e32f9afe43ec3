package org.hearthwatch.store.blocks;

import java.io.IOException;

/** Work on blocks was given up because the disk did not let one of them be read; they are as they were. */
final class UnreadableBlockException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableBlockException(IOException cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
}
