package org.hearthwatch.collector.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what was not reported because a bound was reached, by the bound's name. Thread-safe. */
public final class LeftOut {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** Remembers that something was left out. */
    public void add(String bound, long count) {
        counts.merge(bound, count, Long::sum);
    }

    /** What was left out since the start, by bound. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
