package org.hearthwatch.api.secret;

import java.time.Instant;

/**
 * One way into the vault.
 *
 * @param id never used again once the slot is removed
 * @param kind what opens it
 * @param label what its owner calls it
 * @param strength how the key is made from what opens it, such as {@code argon2id m=65536 t=3 p=4}
 */
public record VaultSlot(int id, Kind kind, String label, Instant created, String strength) {

    /** What opens a slot. */
    public enum Kind {
        /** Something a person knows. */
        PASSPHRASE(
                "passphrase", false, "whoever knows the passphrase; a weak one can be guessed by a thief of the file"),
        /** A credential that systemd hands over, best bound to the machine's TPM. */
        CREDENTIAL(
                "credential",
                true,
                "this machine at its start; a thief of the disk has nothing, where systemd's credential is bound to the TPM"),
        /** A file beside the vault. */
        FILE(
                "file",
                true,
                "whoever reads the key file: a copy of the vault alone is safe, a stolen disk or machine is not"),
        /** A key that never leaves a token or hardware module. */
        TOKEN("token", false, "whoever holds the token and knows its PIN"),
        /** Enough of the cards that were handed out. */
        SHARES("shares", false, "enough holders of share cards together");

        private final String word;
        private final boolean unattended;
        private final String meaning;

        Kind(String word, boolean unattended, String meaning) {
            this.word = word;
            this.unattended = unattended;
            this.meaning = meaning;
        }

        /** The word in commands, in the API and in the file, such as {@code passphrase}. */
        public String word() {
            return word;
        }

        /** Whether the appliance opens it without anybody's help. */
        public boolean unattended() {
            return unattended;
        }

        /** Who gets in this way, in words. */
        public String meaning() {
            return meaning;
        }
    }
}
