package org.hearthwatch.store.codec;

import java.io.IOException;

/** Bytes that no encoder of ours writes. */
public final class CorruptDataException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptDataException(String message) {
        super(message);
    }
}
