package org.hearthwatch.collector.host.kernel;

import java.io.IOException;

/** A file is not in the format it should be in. The message names file, line and what stood there. */
public final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
