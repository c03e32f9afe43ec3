package org.hearthwatch.access;

import org.hearthwatch.api.access.Refusal;

/** Keeps the keys of second factors so that the state file alone does not give them away. Thread-safe. */
public interface KeySeal {

    /**
     * Seals.
     *
     * @param purpose bound to the result: opened under another purpose, it is refused
     * @param first whether nothing was sealed here before, so that a key may be made
     * @return printable text
     * @throws Refusal while the key cannot be had, as while the vault is sealed; the message says what to do
     */
    String seal(String purpose, byte[] plain, boolean first) throws Refusal;

    /** @throws Refusal if this was not sealed here for that purpose, or the key cannot be had; the message says what to do */
    byte[] open(String purpose, String sealed) throws Refusal;
}
