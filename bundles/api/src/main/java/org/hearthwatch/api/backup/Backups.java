package org.hearthwatch.api.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes backups and puts them back. An archive is a tar file in the format of age, with a signature beside it, so that it can
 * be opened without this program. Thread-safe: one at a time. Whoever calls records it in the audit log first.
 */
@ProviderType
public interface Backups {

    /** The archives in the configured folder, the newest first. */
    List<Archive> list() throws BackupException;

    /**
     * Makes an archive in the configured folder: settings and what the parts of the appliance keep.
     *
     * @param samples the samples too
     */
    Archive create(boolean samples) throws BackupException;

    /**
     * Reads an archive and says what is in it: its signature, and, with {@code deep}, every byte.
     *
     * @throws BackupException naming the first thing that is wrong
     */
    Contents verify(Path file, boolean deep, Opening opening) throws BackupException;

    /**
     * Unpacks an archive where it disturbs nobody, tries whether its vault opens, and removes it again.
     *
     * @return what was found, in words
     */
    List<String> drill(Path file, Opening opening) throws BackupException;

    /**
     * Unpacks an archive beside the present state; the next start puts it in place. Until then nothing is changed, and {@link
     * #cancelRestore} takes it back.
     */
    Contents restore(Path file, Opening opening) throws BackupException;

    /** @return whether there was a restore waiting for the next start */
    boolean cancelRestore() throws BackupException;

    /** What people should know: who can open the archives, and what would be lost with this machine. */
    List<String> warnings();

    /** How the newest drill ended, also one of an earlier run; empty before the first. */
    Optional<Drill> lastDrill();

    /** The public keys that verify signatures, in the form of C2SP's signed notes, one after the other. */
    String verifier() throws BackupException;

    /**
     * An archive.
     *
     * @param signed whether a signature of this appliance lies beside it; not whether it is right
     */
    record Archive(Path file, Instant created, long bytes, boolean signed) {

        /** The name of its file. */
        public String name() {
            return String.valueOf(file.getFileName());
        }
    }

    /**
     * How a drill ended.
     *
     * @param archive the name of its file
     * @param found in words; of a drill that failed, why
     */
    record Drill(Instant time, String archive, boolean passed, List<String> found) {
        public Drill {
            found = List.copyOf(found);
        }
    }

    /**
     * What is in an archive.
     *
     * @param version of the program that made it
     * @param signature in words
     */
    record Contents(Instant created, String version, int files, long bytes, boolean samples, String signature) {}

    /**
     * How an archive is opened and whose signature counts.
     *
     * @param key empty: the appliance's own
     * @param verifier the public key of the appliance that made it; empty: this one
     * @param unsigned whether one without a right signature is taken all the same
     */
    record Opening(Optional<Key> key, Optional<String> verifier, boolean unsigned) {}

    /** What opens an archive; the caller closes the secret. */
    sealed interface Key {

        /** A private key of age, {@code AGE-SECRET-KEY-1...}. */
        record Identity(Secret value) implements Key {}

        record Passphrase(Secret value) implements Key {}

        /** Share cards of the vault's, as many as are enough; they open the vault in the archive too. */
        record Cards(List<Secret> cards) implements Key {
            public Cards {
                cards = List.copyOf(cards);
            }
        }
    }
}
