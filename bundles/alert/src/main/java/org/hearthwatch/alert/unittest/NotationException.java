package org.hearthwatch.alert.unittest;

/** A series or its values that cannot be read; the message begins with line and column. */
final class NotationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NotationException(int at, String reason) {
        super("1:" + (at + 1) + ": parse error: " + reason);
    }
}
