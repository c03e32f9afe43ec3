package org.hearthwatch.store;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.blocks.Memory;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.checkpoint.Checkpoint;
import org.hearthwatch.store.checkpoint.CheckpointFiles;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.LogFloor;
import org.hearthwatch.store.log.SampleLog;

/** Head, log and catalogue as the blocks see them: the log only ever between two commits. Thread-safe. */
final class LoggedMemory implements Memory {

    /** How many series are forgotten at a time: those who make one wait that long. */
    private static final int SLICE = 2048;

    private final Head head;
    private final SampleLog log;
    private final SeriesCatalog catalog;
    private final Committer committer;
    private final CheckpointFiles checkpoints;
    private final Runnable submitted;
    private final InstantSource clock;

    /** @param submitted waits until all that is in memory has been handed to the committer */
    LoggedMemory(
            Head head,
            SampleLog log,
            SeriesCatalog catalog,
            Committer committer,
            CheckpointFiles checkpoints,
            Runnable submitted,
            InstantSource clock) {
        this.head = head;
        this.log = log;
        this.catalog = catalog;
        this.committer = committer;
        this.checkpoints = checkpoints;
        this.submitted = submitted;
        this.clock = clock;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public List<Series> series() {
        return head.all();
    }

    @Override
    public long rotate() throws IOException {
        return committer.betweenCommits(log::rotate);
    }

    @Override
    public void commit() throws StoreUnavailableException {
        committer.commit();
        Optional<String> reason = committer.readOnly();
        if (reason.isPresent()) {
            throw new StoreUnavailableException(reason.get());
        }
    }

    @Override
    public void checkpoint(long lastDeletion) throws IOException {
        Checkpoint now = committer.betweenCommits(() ->
                new Checkpoint(log.rotate(), catalog.nextRef(), lastDeletion, catalog.extent(), log.closedFiles()));
        // Those of which the log has samples up to here are all there by now, and the catalogue has them after this.
        List<Series> series = series();
        commitForCheckpoint();
        // Meanwhile came more, and of a batch perhaps a part: it counts when the log has all of it.
        checkpoints.write(now, series, clock.millis(), () -> {
            submitted.run();
            commitForCheckpoint();
        });
    }

    private void commitForCheckpoint() throws IOException {
        try {
            commit();
        } catch (StoreUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void dropLog(LogFloor floor) throws IOException {
        committer.betweenCommits(() -> log.drop(floor));
    }

    @Override
    public long firstSegment() throws IOException {
        return committer.betweenCommits(log::oldestSegment);
    }

    @Override
    public void whileStill(FileWork work) throws IOException {
        committer.betweenCommits(() -> {
            // The file being written would go on growing in the copy.
            log.rotate();
            work.run();
            return true;
        });
    }

    @Override
    public long diskBytes() {
        return log.bytes() + catalog.bytes() + checkpoints.bytes() + committer.reserveBytes();
    }

    @Override
    public int forgetEmpty(Collection<Series> candidates, IntPredicate stays) {
        var some = new ArrayList<Series>();
        for (Series series : candidates) {
            if (!stays.test(series.ref())) {
                some.add(series);
            }
        }
        int gone = 0;
        for (int from = 0; from < some.size(); from += SLICE) {
            gone += head.forgetEmpty(some.subList(from, Math.min(from + SLICE, some.size())))
                    .size();
        }
        return gone;
    }
}
