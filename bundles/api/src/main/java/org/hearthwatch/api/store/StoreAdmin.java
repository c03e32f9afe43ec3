package org.hearthwatch.api.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Looking after what is stored. Thread-safe; long work reports its progress and may be interrupted. */
@ProviderType
public interface StoreAdmin {

    /**
     * Deletes samples: they are gone for readers, and across restarts, when this returns; their disk space is given back
     * by compaction. Both ends of the time are included.
     *
     * @param matchers at least one
     * @return how many series had samples there
     * @throws IllegalArgumentException when a pattern is not valid, or no matcher is given
     */
    int delete(List<Matcher> matchers, long from, long to) throws StoreUnavailableException;

    /** Gives back the disk space of deleted samples now. */
    void compactDeleted(Consumer<String> progress) throws IOException, InterruptedException;

    /**
     * Makes a consistent copy in a new directory, by hard links where the file system can: a directory that this program
     * opens, holding all that was acknowledged before the call.
     *
     * @param directory does not exist or is empty; its parent exists
     * @throws IOException naming what is in the way; what was begun is removed
     */
    Snapshot snapshot(Path directory) throws IOException;

    /**
     * Reads what is on disk and says what is wrong with it, changing nothing.
     *
     * @param deep every checksum and every sample rather than headers and footers
     */
    CheckReport check(boolean deep, Consumer<String> progress) throws IOException, InterruptedException;

    /**
     * What the series in memory consist of.
     *
     * @param top how many names, labels and values to list, 1 to 10 000
     */
    Cardinality cardinality(int top);

    /** Where and how samples are kept: log, head, blocks, tiers, deletions. */
    StoreLayout layout();

    /** How long samples are kept, tier by tier; samples as they came stand first. */
    default List<Keeping> retention() {
        return List.of();
    }

    /**
     * Begins to take in samples of any age, straight to blocks, past the out-of-order window.
     *
     * @param source who they come from, for cardinality and the audit log
     */
    Backfill backfill(String source) throws StoreUnavailableException;

    /**
     * How long one tier's samples are kept.
     *
     * @param resolution zero for samples as they came, or the width of the tier's intervals
     * @param bytes what the tier may take on disk; empty where there is no such limit
     */
    record Keeping(Duration resolution, Duration time, OptionalLong bytes) {}

    /** A copy that was made. */
    record Snapshot(Path directory, long bytes, long samples) {}

    /** What a check found; {@code problems} is empty when all is well. */
    record CheckReport(int files, long bytes, long samples, List<String> problems) {
        public CheckReport {
            problems = List.copyOf(problems);
        }
    }

    /** Samples on their way into blocks. For one thread. Closing without {@link #finish} leaves nothing behind. */
    interface Backfill extends AutoCloseable {

        /**
         * Adds samples, in any order. A sample with the time of one already stored replaces it; one further in the future
         * than the store takes, or of a series more than it takes, is refused.
         */
        Receipt add(SampleBatch batch) throws IOException, StoreUnavailableException;

        /** Makes all that was added durable and visible, in one step. */
        void finish() throws IOException;

        @Override
        void close() throws IOException;
    }
}
