package org.hearthwatch.access;

/** Keeps the keys of second factors so that the state file alone does not give them away. Thread-safe. */
public interface KeySeal {

    /**
     * Seals.
     *
     * @param purpose bound to the result: opened under another purpose, it is refused
     * @return printable text
     */
    String seal(String purpose, byte[] plain);

    /** @throws IllegalStateException if this was not sealed here for that purpose; the message says what to do */
    byte[] open(String purpose, String sealed);
}
