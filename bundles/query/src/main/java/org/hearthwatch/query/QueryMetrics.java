package org.hearthwatch.query;

import java.util.ArrayList;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryException;

/** The engine's own metrics. */
public final class QueryMetrics {

    private static final Histogram SECONDS = Histogram.of(
            "hearthwatch_query_seconds", "Time queries took, refused ones and waiting for their turn included");
    private static final Counter SAMPLES = Counter.of(
            "hearthwatch_query_samples_read_total", "Stored samples looked at by queries that were answered");
    private static final Counter REFUSED =
            Counter.of("hearthwatch_query_refused_total", "Queries that were not answered, by reason", "reason");
    private static final Gauge IN_FLIGHT =
            Gauge.of("hearthwatch_query_in_flight", "Queries running or waiting for their turn");
    private static final Gauge CONCURRENCY =
            Gauge.of("hearthwatch_query_in_flight_limit", "How many queries run at once before others wait");
    private static final Gauge MEMORY = Gauge.of("hearthwatch_query_memory_bytes", "Memory held by running queries");
    private static final Gauge MEMORY_LIMIT =
            Gauge.of("hearthwatch_query_memory_limit_bytes", "Memory that running queries may hold together");
    private static final Gauge PARSED = Gauge.of(
            "hearthwatch_query_parsed_characters", "Characters of the expressions that are kept parsed; at most 65536");

    private QueryMetrics() {}

    public static void report(QueryStatistics statistics, PromQlEngine engine, SampleSink sink) {
        sink.set(SECONDS, seconds(statistics), Labels.EMPTY);
        sink.set(SAMPLES, (double) statistics.samplesRead());
        for (QueryException.Kind kind : QueryException.Kind.values()) {
            sink.set(REFUSED, (double) statistics.refusedFor(kind), kind.word());
        }
        sink.set(IN_FLIGHT, statistics.inFlight());
        sink.set(CONCURRENCY, engine.limits().concurrency());
        sink.set(MEMORY, (double) engine.memoryUsed());
        sink.set(MEMORY_LIMIT, (double) engine.limits().maxMemory());
        sink.set(PARSED, engine.parsedCharacters());
    }

    private static Histogram.Snapshot seconds(QueryStatistics statistics) {
        var buckets = new ArrayList<Histogram.Bucket>();
        double count = 0;
        for (int i = 0; i < QueryStatistics.BOUNDS.length; i++) {
            count += statistics.count(i);
            buckets.add(new Histogram.Bucket(QueryStatistics.BOUNDS[i], count));
        }
        return new Histogram.Snapshot(buckets, statistics.seconds());
    }
}
