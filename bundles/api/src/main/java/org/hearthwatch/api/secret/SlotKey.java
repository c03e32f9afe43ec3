package org.hearthwatch.api.secret;

import java.util.List;

/** What opens the vault. The caller closes the secrets in it. */
public sealed interface SlotKey {

    /** Tried at every slot with a passphrase. */
    record Passphrase(Secret value) implements SlotKey {}

    /** What the machine offers by itself: a systemd credential, else the key file. */
    record Unattended() implements SlotKey {}

    /** Opens the token of a slot made with one. */
    record TokenPin(Secret pin) implements SlotKey {}

    /** Share cards, as many as were said to be enough. */
    record Shares(List<Secret> cards) implements SlotKey {
        public Shares {
            cards = List.copyOf(cards);
        }
    }
}
