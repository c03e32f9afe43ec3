package org.hearthwatch.api.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the audit log and proves that nobody changed it. Thread-safe. */
@ProviderType
public interface AuditTrail {

    /** The newest entries that pass a test, oldest first. */
    List<AuditEntry> newest(int most, Predicate<AuditEntry> wanted) throws IOException;

    /** Where the log ends. */
    Head head();

    /** Reads all of it: the chain of hashes, the keyed hashes as far as their key is known, and every checkpoint. */
    Verification verify() throws IOException;

    /**
     * Signs where the log stands; anyone who keeps the note can later prove that what it covers was not changed.
     *
     * @return a signed note in the format of C2SP, also kept beside the log
     */
    String checkpoint() throws IOException, AuditUnavailableException;

    /** The public key that verifies checkpoints, in the form of C2SP's signed notes. */
    String verifier();

    /** When the newest checkpoint was made. */
    Optional<Instant> lastCheckpoint();

    /**
     * Copies the log, its checkpoints and the public key into a new folder.
     *
     * @param directory does not exist yet; its parent does
     */
    void export(Path directory) throws IOException;

    /**
     * The end of the log.
     *
     * @param size how many entries there are
     * @param hash the SHA-256 of the last line in hexadecimal; of nothing where there is none
     */
    record Head(long size, String hash) {}

    /**
     * What a verification found.
     *
     * @param entries how many were read and found right
     * @param checkpoints how many were found right
     * @param problem the first thing that is wrong, naming sequence or checkpoint; empty when all is well
     */
    record Verification(long entries, int checkpoints, Optional<String> problem) {}
}
