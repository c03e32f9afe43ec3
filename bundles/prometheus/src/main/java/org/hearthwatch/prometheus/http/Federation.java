package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Exchange;

/**
 * {@code /federate}: the newest sample of each series that is asked for, with its time, for another Prometheus to fetch. The
 * types of families are not told, and native histograms are left out, as Prometheus does it in text.
 */
final class Federation {

    private static final Duration LOOK_BACK = Duration.ofMinutes(5);
    private static final String INSTANCE = "instance";

    private final SeriesReader store;
    private final InstantSource clock;
    private final Supplier<ApiSettings> settings;

    Federation(SeriesReader store, InstantSource clock, Supplier<ApiSettings> settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
    }

    void federate(Exchange exchange) throws IOException {
        List<List<Matcher>> selectors;
        try {
            selectors = Selectors.parse(exchange.parameters(SeriesApi.MATCH), ApiProblem::badData);
        } catch (ApiProblem e) {
            byte[] text = (e.text() + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.respond(e.status(), "text/plain; charset=utf-8", text);
            return;
        }
        long notBefore = clock.instant().minus(LOOK_BACK).toEpochMilli();
        var newest = new TreeMap<Labels, Sample>(
                Comparator.comparing(Labels::metricName).thenComparing(Comparator.naturalOrder()));
        for (List<Matcher> selector : selectors) {
            if (!selector.isEmpty()) {
                store.latest(selector, notBefore).forEach(sample -> newest.put(sample.labels(), sample));
            }
        }
        FederatedText.Escaping escaping =
                FederatedText.Escaping.accepted(exchange.header("Accept").orElse(""));
        try (OutputStream out = exchange.respond(200, escaping.contentType());
                var text = new FederatedText(out, escaping, added(settings.get().externalLabels()))) {
            for (Sample sample : newest.values()) {
                if (sample.histogram().isEmpty()
                        && !sample.labels().metricName().isEmpty()) {
                    text.add(sample);
                }
            }
        }
    }

    /** A series without an instance says so, lest the asker takes its own target's. */
    private static Map<String, String> added(Labels external) {
        var added = new TreeMap<>(external.asMap());
        added.putIfAbsent(INSTANCE, "");
        return added;
    }
}
