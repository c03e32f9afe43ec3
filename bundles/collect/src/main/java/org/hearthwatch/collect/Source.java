package org.hearthwatch.collect;

import java.time.Duration;
import org.hearthwatch.api.collect.Collector;

/**
 * A collector with what the runner must know of it.
 *
 * @param name wished for; made unique when it is taken
 * @param bundle the symbolic name of the bundle it comes from
 * @param timeout at most the interval
 */
public record Source(Collector collector, String name, String job, String bundle, Duration interval, Duration timeout) {

    Source named(String unique) {
        return new Source(collector, unique, job, bundle, interval, timeout);
    }
}
