package org.hearthwatch.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;

/**
 * What one collector has put into the store: appends its runs, and ends with a stale marker every series that the next
 * run does not report, all of them when a run fails or the collector goes. Thread-safe.
 */
final class SeriesOutput {

    private final String source;
    private final Outlet outlet;
    private SeriesTable table = new SeriesTable();
    private List<Series> live = List.of();
    private long newest = Long.MIN_VALUE;
    private boolean ended;

    SeriesOutput(String name, Outlet outlet) {
        this.source = "collector/" + name;
        this.outlet = outlet;
    }

    /** The table for the next run; no two runs use it at once. */
    synchronized SeriesTable table() {
        return table;
    }

    /** Appends a run; empty when it was dropped, came after the end, or began before a failure was marked. */
    synchronized Optional<Receipt> append(RunSink run, long timestamp) {
        if (ended || run.table() != table) {
            return Optional.empty();
        }
        var batch = SampleBatch.from(source);
        run.families().forEach(batch::describe);
        for (int i = 0; i < run.size(); i++) {
            batch.add(run.series().get(i).labels, timestamp, run.value(i));
        }
        long number = run.number();
        for (Series before : live) {
            if (before.run != number) {
                batch.add(before.labels, timestamp, Staleness.MARKER);
            }
        }
        table.forgetOthers();
        live = new ArrayList<>(run.series());
        newest = timestamp;
        return outlet.append(batch.build());
    }

    /** Marks every series as ended at a time; those of later runs live again. */
    synchronized void fail(long timestamp) {
        if (!live.isEmpty()) {
            long at = Math.max(timestamp, newest + 1);
            var batch = SampleBatch.from(source);
            for (Series series : live) {
                batch.add(series.labels, at, Staleness.MARKER);
            }
            outlet.append(batch.build());
            newest = at;
        }
        live = List.of();
        // A run that was given up may still write into the old one.
        table = new SeriesTable();
    }

    /**
     * Marks every series as ended, for good. The marker stands just before {@code timestamp}: a collector that comes back
     * at once, with a changed configuration, may report the same series at that very time.
     */
    synchronized void end(long timestamp) {
        fail(timestamp - 1);
        ended = true;
    }
}
