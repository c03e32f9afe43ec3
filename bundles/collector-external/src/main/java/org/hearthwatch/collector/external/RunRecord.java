package org.hearthwatch.collector.external;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How the runs of one program went. Thread-safe. */
final class RunRecord {

    private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
    private final LongAdder runs = new LongAdder();
    private volatile Last last = new Last(false, Double.NaN, 0, 0);

    /**
     * The newest run.
     *
     * @param up whether its samples were taken
     * @param exitCode not a number if it was killed
     */
    record Last(boolean up, double exitCode, double seconds, int bytes) {}

    void ended(double exitCode, double seconds, int bytes) {
        runs.increment();
        last = new Last(true, exitCode, seconds, bytes);
    }

    void failed(String reason, double exitCode, double seconds, int bytes) {
        runs.increment();
        failures.computeIfAbsent(reason, key -> new LongAdder()).increment();
        last = new Last(false, exitCode, seconds, bytes);
    }

    long runs() {
        return runs.sum();
    }

    /** How many failed, by reason. */
    Map<String, LongAdder> failures() {
        return failures;
    }

    Last last() {
        return last;
    }
}
