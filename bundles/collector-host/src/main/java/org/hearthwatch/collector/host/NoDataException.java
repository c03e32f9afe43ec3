package org.hearthwatch.collector.host;

import java.io.IOException;

/** This machine has nothing of the kind: no sensors, no connection tracking. Counts as unsuccessful but is no fault. */
public final class NoDataException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoDataException(String message) {
        super(message);
    }
}
