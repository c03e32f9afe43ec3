package org.hearthwatch.query;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;

/** Counts what queries do. Thread-safe. */
public final class QueryStatistics {

    /** The upper bounds of the time buckets, in seconds. */
    static final double[] BOUNDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, Double.POSITIVE_INFINITY};

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length];
    private final LongAdder nanos = new LongAdder();
    private final LongAdder samples = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<QueryException.Kind, LongAdder> refused = new EnumMap<>(QueryException.Kind.class);

    public QueryStatistics() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
        for (QueryException.Kind kind : QueryException.Kind.values()) {
            refused.put(kind, new LongAdder());
        }
    }

    /** A query to be counted. */
    @FunctionalInterface
    interface Question {
        QueryResult answer() throws QueryException;
    }

    QueryResult observing(LongSupplier nanoTime, Question question) throws QueryException {
        long start = nanoTime.getAsLong();
        inFlight.incrementAndGet();
        try {
            QueryResult result = question.answer();
            samples.add(result.samplesRead());
            return result;
        } catch (QueryException e) {
            refused(e.kind()).increment();
            throw e;
        } finally {
            inFlight.decrementAndGet();
            took(nanoTime.getAsLong() - start);
        }
    }

    private void took(long duration) {
        nanos.add(duration);
        int bucket = 0;
        while (duration > BOUNDS[bucket] * 1e9) {
            bucket++;
        }
        buckets[bucket].increment();
    }

    private LongAdder refused(QueryException.Kind kind) {
        return Objects.requireNonNull(refused.get(kind));
    }

    /** Queries that took longer than the bucket's predecessor and at most its bound. */
    long count(int bucket) {
        return buckets[bucket].sum();
    }

    double seconds() {
        return nanos.sum() / 1e9;
    }

    /** Samples read from the store by queries that were answered. */
    long samplesRead() {
        return samples.sum();
    }

    /** Queries running or waiting for their turn. */
    int inFlight() {
        return inFlight.get();
    }

    long refusedFor(QueryException.Kind kind) {
        return refused(kind).sum();
    }
}
