package org.hearthwatch.prometheus.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was asked of the API. Thread-safe. */
public final class ApiStats {

    private final Map<Key, LongAdder> answers = new ConcurrentHashMap<>();
    private final AtomicLong outgoing = new AtomicLong();

    /**
     * What is counted apart.
     *
     * @param endpoint as in {@code query_range}
     * @param status of HTTP
     */
    public record Key(String endpoint, int status) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = endpoint.compareTo(other.endpoint);
            return order != 0 ? order : Integer.compare(status, other.status);
        }
    }

    void count(String endpoint, int status) {
        answers.computeIfAbsent(new Key(endpoint, status), key -> new LongAdder())
                .increment();
    }

    /** What {@link Outgoing} counts with. */
    AtomicLong outgoing() {
        return outgoing;
    }

    /** Bytes of answers that are being sent, about; small ones are not counted. */
    public long outgoingBytes() {
        return outgoing.get();
    }

    /** Answers so far. */
    public Map<Key, Long> counts() {
        var counts = new TreeMap<Key, Long>();
        answers.forEach((key, count) -> counts.put(key, count.sum()));
        return counts;
    }
}
