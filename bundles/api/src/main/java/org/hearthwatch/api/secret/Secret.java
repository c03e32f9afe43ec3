package org.hearthwatch.api.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A value that must never be shown: a password, a token, a key. It has no accessor that makes a {@code String} by
 * accident, its {@link #toString} hides it, and {@link #close} wipes the copy held here. Thread-safe.
 */
public final class Secret implements AutoCloseable {

    private final byte[] utf8;
    private boolean closed;

    private Secret(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Copies the characters; the caller wipes its own. */
    public static Secret of(char[] value) {
        // UTF-8 needs at most three bytes a char; an own buffer, so that the encoder's scratch can be wiped too.
        ByteBuffer encoded = ByteBuffer.allocate(3 * value.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(value), encoded, true);
        byte[] copy = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return new Secret(copy);
    }

    /** For values that were a string before they reached us, such as a request's field. */
    public static Secret of(String value) {
        return new Secret(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Copies bytes, which need not be text; the caller wipes its own. */
    public static Secret ofBytes(byte[] value) {
        return new Secret(value.clone());
    }

    /**
     * A copy of the UTF-8 bytes; the caller wipes it after use.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized byte[] reveal() {
        if (closed) {
            throw new IllegalStateException("The secret was closed");
        }
        return utf8.clone();
    }

    /** Whether both hold the same bytes, in a time that does not depend on where they differ. */
    public boolean sameAs(Secret other) {
        byte[] mine = reveal();
        byte[] theirs = other.reveal();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    @Override
    public synchronized void close() {
        Arrays.fill(utf8, (byte) 0);
        closed = true;
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
