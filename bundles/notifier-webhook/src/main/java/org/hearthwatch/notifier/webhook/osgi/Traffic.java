package org.hearthwatch.notifier.webhook.osgi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.notify.CountedNotifier;
import org.hearthwatch.api.notify.Notifier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** What all channels of this bundle share: the threads behind their requests, and figures about these. */
@Component(service = {Traffic.class, Collector.class})
@CollectorName(collector = "notifier-webhook", job = "hearthwatch")
public final class Traffic implements Collector {

    private static final Counter DELIVERIES = Counter.of(
            "hearthwatch_notifier_webhook_deliveries_total",
            "Notifications handed over, by what became of them: taken, passing or lasting failure",
            "kind",
            "outcome");
    private static final Counter SECONDS = Counter.of(
            "hearthwatch_notifier_webhook_delivery_seconds_total", "Time spent handing notifications over", "kind");

    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 30;
    private static final double NANOS = 1e9;

    private final ThreadPoolExecutor threads;
    private final Map<Outcome, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> nanos = new ConcurrentHashMap<>();

    /** What became of how many of a kind. */
    private record Outcome(String kind, String word) implements Comparable<Outcome> {

        @Override
        public int compareTo(Outcome other) {
            return (kind + '/' + word).compareTo(other.kind + '/' + other.word);
        }
    }

    @Activate
    public Traffic() {
        var count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "hearthwatch-notifier-webhook-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Deactivate
    public void deactivate() {
        threads.shutdownNow();
    }

    Executor threads() {
        return threads;
    }

    /** The notifier, counted. */
    Notifier counted(Notifier notifier) {
        return new CountedNotifier(notifier, (outcome, elapsed) -> {
            outcomes.computeIfAbsent(new Outcome(notifier.kind(), outcome), key -> new LongAdder())
                    .increment();
            nanos.computeIfAbsent(notifier.kind(), key -> new LongAdder()).add(elapsed);
        });
    }

    @Override
    public void collect(SampleSink sink) {
        outcomes.forEach(
                (outcome, count) -> sink.set(DELIVERIES, (double) count.sum(), outcome.kind(), outcome.word()));
        nanos.forEach((kind, sum) -> sink.set(SECONDS, sum.sum() / NANOS, kind));
    }
}
