package org.hearthwatch.backup.age;

import java.io.IOException;

/** A file is not what age's format asks for, was changed or cut, or opens with another key; the message says which. */
public final class AgeException extends IOException {

    private static final long serialVersionUID = 1L;

    public AgeException(String message) {
        super(message);
    }
}
