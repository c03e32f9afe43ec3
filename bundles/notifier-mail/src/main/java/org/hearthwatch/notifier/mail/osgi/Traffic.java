package org.hearthwatch.notifier.mail.osgi;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
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

/** What all mailboxes share: the threads that mails go out on, and figures about these. */
@Component(service = {Traffic.class, Collector.class})
@CollectorName(collector = "notifier-mail", job = "hearthwatch")
public final class Traffic implements Collector {

    private static final Counter DELIVERIES = Counter.of(
            "hearthwatch_notifier_mail_deliveries_total",
            "Notifications handed over, by what became of them: taken, passing or lasting failure",
            "outcome");
    private static final Counter SECONDS =
            Counter.of("hearthwatch_notifier_mail_delivery_seconds_total", "Time spent handing notifications over");

    /** A notifier sends one mail at a time; a server that is slow to hang up may hold a thread a little longer. */
    private static final int MOST_THREADS = 64;

    private static final long IDLE_SECONDS = 30;
    private static final double NANOS = 1e9;

    private final ThreadPoolExecutor threads;
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final LongAdder nanos = new LongAdder();

    @Activate
    public Traffic() {
        var count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "hearthwatch-notifier-mail-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Deactivate
    public void deactivate() {
        threads.shutdownNow();
    }

    ExecutorService threads() {
        return threads;
    }

    /** The notifier, counted. */
    Notifier counted(Notifier notifier) {
        return new CountedNotifier(notifier, (outcome, elapsed) -> {
            outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
            nanos.add(elapsed);
        });
    }

    @Override
    public void collect(SampleSink sink) {
        outcomes.forEach((outcome, count) -> sink.set(DELIVERIES, (double) count.sum(), outcome));
        sink.set(SECONDS, nanos.sum() / NANOS);
    }
}
