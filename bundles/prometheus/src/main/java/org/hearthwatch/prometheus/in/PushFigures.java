package org.hearthwatch.prometheus.in;

import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.prometheus.intern.SeriesCache;

/** Who pushed how much, for {@code /metrics}. */
public final class PushFigures {

    private static final String SENDER = "sender";
    private static final Counter REQUESTS =
            Counter.of("hearthwatch_prometheus_received_requests_total", "Pushes taken", SENDER);
    private static final Counter SAMPLES =
            Counter.of("hearthwatch_prometheus_received_samples_total", "Pushed numbers taken", SENDER);
    private static final Counter HISTOGRAMS =
            Counter.of("hearthwatch_prometheus_received_histograms_total", "Pushed native histograms taken", SENDER);
    private static final Counter EXEMPLARS =
            Counter.of("hearthwatch_prometheus_received_exemplars_total", "Pushed exemplars taken", SENDER);
    private static final Counter BYTES =
            Counter.of("hearthwatch_prometheus_received_bytes_total", "Bytes of pushes, as sent", SENDER);
    private static final Counter REFUSED = Counter.of(
            "hearthwatch_prometheus_received_refused_total",
            "What was refused: samples, or whole requests where the reason is rate, busy or malformed",
            SENDER,
            "reason");
    private static final Gauge SERIES =
            Gauge.of("hearthwatch_prometheus_received_series", "Different series sent within the current hour", SENDER);
    private static final Gauge CACHE =
            Gauge.of("hearthwatch_prometheus_series_cache_bytes", "Heap taken by series known by their bytes");

    private final Senders senders;
    private final SeriesCache cache;

    public PushFigures(Senders senders, SeriesCache cache) {
        this.senders = senders;
        this.cache = cache;
    }

    public void report(SampleSink sink) {
        for (Sender sender : senders.all()) {
            String name = sender.name();
            sink.set(REQUESTS, (double) sender.requests.sum(), name);
            sink.set(SAMPLES, (double) sender.samples.sum(), name);
            sink.set(HISTOGRAMS, (double) sender.histograms.sum(), name);
            sink.set(EXEMPLARS, (double) sender.exemplars.sum(), name);
            sink.set(BYTES, (double) sender.bytes.sum(), name);
            sink.set(SERIES, sender.series(), name);
            sender.refusals().forEach((reason, count) -> sink.set(REFUSED, (double) count, name, reason));
        }
        sink.set(CACHE, (double) cache.bytes());
    }
}
