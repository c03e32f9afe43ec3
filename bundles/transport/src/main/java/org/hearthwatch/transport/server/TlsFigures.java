package org.hearthwatch.transport.server;

import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.net.Certificates;

/** How long the certificate lasts, while one is shown. */
public final class TlsFigures implements Collector {

    private static final Gauge EXPIRY = Gauge.of(
            "hearthwatch_transport_certificate_expiry_timestamp_seconds",
            "When the certificate of our own listeners ends",
            "source");
    private static final Gauge PROBLEM = Gauge.of(
            "hearthwatch_transport_certificate_problem",
            "1 while a certificate that is configured or was brought cannot be used, and another is shown");

    private final Certificates certificates;

    public TlsFigures(Certificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public void collect(SampleSink sink) {
        certificates.status().ifPresent(status -> {
            sink.set(
                    EXPIRY,
                    (double) status.notAfter().getEpochSecond(),
                    status.source().name().toLowerCase(java.util.Locale.ROOT));
            sink.set(PROBLEM, status.problem().isPresent() ? 1.0 : 0.0);
        });
    }
}
