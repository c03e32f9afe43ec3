package org.hearthwatch.collector.host;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;

/**
 * One part of the machine, named after node_exporter's collector of the same metrics. Called on one thread at a time;
 * what it throws fails this source alone, and what it reported before stays.
 */
@FunctionalInterface
public interface Source {

    /**
     * Looks once and reports.
     *
     * @throws NoDataException if this machine has nothing of the kind, which is no fault
     * @throws IOException if something is there and cannot be read or understood
     * @throws InterruptedException if the run was cancelled
     */
    void read(SampleSink sink) throws IOException, InterruptedException;
}
