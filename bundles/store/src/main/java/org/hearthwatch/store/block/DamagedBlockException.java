package org.hearthwatch.store.block;

import java.io.IOException;

/** A block of which the frame (header, footer, index) is not as it was written, so that none of it can be read. */
public final class DamagedBlockException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;

    public DamagedBlockException(String file, String what) {
        super("The block " + file + " is damaged: " + what);
        this.file = file;
    }

    /** The file's name. */
    public String file() {
        return file;
    }
}
