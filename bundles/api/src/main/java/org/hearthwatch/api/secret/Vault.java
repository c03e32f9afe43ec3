package org.hearthwatch.api.secret;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The vault as a whole: how it is opened and closed. What it holds is behind {@link SecretStore}. Thread-safe. A method
 * that throws changed nothing; what one returned from is on disk. Whoever calls records it in the audit log first.
 */
@ProviderType
public interface Vault {

    /** How it stands now. Does not open anything. */
    Status status();

    /** The ways in; empty where there is no vault. */
    List<VaultSlot> slots() throws VaultException;

    /**
     * Makes a vault with one way in, and leaves it open.
     *
     * @throws VaultException if there is one already, or the way is not one
     */
    VaultSlot create(NewSlot first) throws VaultException;

    /**
     * Opens it.
     *
     * @param acceptRollback open it even though the audit log saw a newer one
     * @return the way that was taken
     */
    VaultSlot unseal(SlotKey key, boolean acceptRollback) throws VaultException;

    /** Forgets the keys. It stays sealed, also for unattended ways, until it is unsealed or the appliance starts anew. */
    void seal();

    VaultSlot addSlot(NewSlot slot) throws VaultException;

    /**
     * Makes a way in that takes several people.
     *
     * @param threshold how many cards are enough, at least 2
     * @param shares how many cards are made, at most 16
     * @return the cards, to be handed to their holders and kept nowhere else; the caller closes them
     */
    List<Secret> addShares(String label, int threshold, int shares) throws VaultException;

    /**
     * Whether these cards open the vault, without opening it.
     *
     * @throws VaultException naming the card that is wrong, or what is missing
     */
    void testShares(List<Secret> cards) throws VaultException;

    /**
     * Public keys (X25519, 32 bytes), one for each division among people: what is encrypted for one of them is opened by its
     * cards alone, also where this vault is lost. Nothing has to be open for that.
     */
    List<byte[]> cardKeys() throws VaultException;

    /**
     * The private half of a key of {@link #cardKeys}, from cards alone.
     *
     * @return 32 bytes; the caller closes it
     * @throws VaultException naming the card that is wrong, or what is missing
     */
    Secret cardKey(List<Secret> cards) throws VaultException;

    /**
     * Whether another file is a vault that opens with a key, such as one out of a backup. Changes nothing.
     *
     * @return how many secrets are in it
     */
    int probe(Path file, SlotKey key) throws VaultException;

    /** Takes a way in away, and makes new keys, so that what it opened is of no use for what comes. */
    void removeSlot(int id) throws VaultException;

    /** Makes new keys for everything, and encrypts everything anew. */
    void rotate() throws VaultException;

    /**
     * How a vault stands.
     *
     * @param file where it is
     * @param generation how often it was written; empty while sealed
     * @param memory how the key is kept while unsealed, such as {@code memfd_secret page}
     * @param keysSince when its keys were made; empty while sealed
     * @param writes how many secrets were written under these keys
     * @param problem why it cannot be opened, for people
     */
    record Status(
            State state,
            String file,
            OptionalLong generation,
            int slots,
            int secrets,
            String memory,
            Optional<Instant> keysSince,
            long writes,
            boolean unattended,
            List<String> protections,
            Optional<String> problem) {
        public Status {
            protections = List.copyOf(protections);
        }
    }

    /** Whether it is open. */
    enum State {
        /** There is none yet. */
        ABSENT,
        SEALED,
        UNSEALED;

        /** The word in the API and in metrics, such as {@code sealed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
