package org.hearthwatch.api.net;

import java.io.IOException;

/** A connection may not be opened; the message names the destination, what forbids it and which setting allows it. */
public final class EgressRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public EgressRefusedException(String message) {
        super(message);
    }
}
