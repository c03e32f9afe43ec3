package org.hearthwatch.api.collect;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Measures one thing and reports what it saw. Register an implementation as an OSGi service and the runner calls it,
 * once per interval and never twice at the same time, until the service goes away. Interval, time-out and name are
 * service properties: see {@link Schedule} and {@link CollectorName}.
 *
 * <p>An implementation needs no thread, no timer and no retry of its own: take the time you need, throw what goes
 * wrong. A throw marks this run as failed and leaves every other collector alone. The runner itself reports duration,
 * success and sample counts; when the service goes away its series end with a stale marker.
 */
@ConsumerType
@FunctionalInterface
public interface Collector {

    /**
     * Measures now. Called on a thread of the runner's.
     *
     * @param sink takes the samples of this run; discarded as a whole if the run throws
     * @throws IOException if what is measured could not be reached
     * @throws InterruptedException if the run outlived its time-out and was cancelled
     */
    void collect(SampleSink sink) throws IOException, InterruptedException;
}
