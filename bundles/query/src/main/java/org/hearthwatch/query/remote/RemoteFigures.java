package org.hearthwatch.query.remote;

import java.util.concurrent.atomic.LongAdder;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** Counts how a remote engine answers. Thread-safe. */
public final class RemoteFigures {

    private static final Counter ANSWERS = Counter.of(
            "hearthwatch_query_remote_answers_total", "What came of questions to the remote engine", "outcome");
    private static final Counter FALLBACKS = Counter.of(
            "hearthwatch_query_remote_fallbacks_total", "Questions answered from the newest samples kept here instead");
    private static final Gauge UP =
            Gauge.of("hearthwatch_query_remote_up", "Whether the remote engine answered when it was asked last");

    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private volatile boolean up = true;

    void answered() {
        answered.increment();
        up = true;
    }

    void refused() {
        refused.increment();
        up = true;
    }

    void failed() {
        failed.increment();
        up = false;
    }

    void fellBack() {
        fallbacks.increment();
    }

    /** Reports them. */
    public void report(SampleSink sink) {
        sink.set(ANSWERS, (double) answered.sum(), "answered");
        sink.set(ANSWERS, (double) refused.sum(), "refused");
        sink.set(ANSWERS, (double) failed.sum(), "failed");
        sink.set(FALLBACKS, (double) fallbacks.sum());
        sink.set(UP, up ? 1 : 0);
    }
}
