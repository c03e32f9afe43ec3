package org.hearthwatch.prometheus.osgi;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.store.SampleTail.Lag;
import org.hearthwatch.prometheus.out.SendFigures;
import org.osgi.service.component.annotations.Component;

/** How sending to all endpoints goes, for {@code /metrics}. */
@Component(service = {SendStatuses.class, Collector.class})
@CollectorName(collector = "remote-write", job = "hearthwatch")
public final class SendStatuses implements Collector {

    private static final String ENDPOINT = "endpoint";
    private static final Counter SENT =
            Counter.of("hearthwatch_prometheus_sent_samples_total", "Samples that an endpoint took", ENDPOINT);
    private static final Counter FAILED = Counter.of(
            "hearthwatch_prometheus_sent_failed_samples_total", "Samples that an endpoint refused for good", ENDPOINT);
    private static final Counter DROPPED = Counter.of(
            "hearthwatch_prometheus_sent_dropped_samples_total", "Samples that were not sent", ENDPOINT, "reason");
    private static final Counter LOST = Counter.of(
            "hearthwatch_prometheus_sent_lost_seconds_total",
            "Time of which the log was gone before it was sent",
            ENDPOINT);
    private static final Counter RETRIES =
            Counter.of("hearthwatch_prometheus_sent_retries_total", "Attempts that have to be repeated", ENDPOINT);
    private static final Counter BYTES =
            Counter.of("hearthwatch_prometheus_sent_bytes_total", "Bytes sent, packed", ENDPOINT);
    private static final Gauge PENDING =
            Gauge.of("hearthwatch_prometheus_sent_pending_bytes", "Log that waits to be sent", ENDPOINT);
    private static final Gauge LAG =
            Gauge.of("hearthwatch_prometheus_sent_lag_seconds", "Age of the oldest sample that waits", ENDPOINT);

    private final Map<String, Status> byEndpoint = new ConcurrentHashMap<>();

    private record Status(SendFigures figures, Supplier<Lag> lag) {}

    void add(String endpoint, SendFigures figures, Supplier<Lag> lag) {
        byEndpoint.put(endpoint, new Status(figures, lag));
    }

    void remove(String endpoint) {
        byEndpoint.remove(endpoint);
    }

    @Override
    public void collect(SampleSink sink) {
        byEndpoint.forEach((name, status) -> {
            SendFigures figures = status.figures();
            sink.set(SENT, (double) figures.sent.sum(), name);
            sink.set(FAILED, (double) figures.failed.sum(), name);
            sink.set(DROPPED, (double) figures.droppedOld.sum(), name, "old");
            sink.set(DROPPED, (double) figures.droppedRelabelled.sum(), name, "relabelled");
            sink.set(LOST, figures.lostMillis.sum() / 1000d, name);
            sink.set(RETRIES, (double) figures.retries.sum(), name);
            sink.set(BYTES, (double) figures.bytes.sum(), name);
            Lag waiting = status.lag().get();
            sink.set(PENDING, (double) waiting.bytes(), name);
            sink.set(
                    LAG,
                    waiting.oldest() == Long.MAX_VALUE
                            ? 0
                            : Math.max(0, Clock.systemUTC().millis() - waiting.oldest()) / 1000d,
                    name);
        });
    }
}
