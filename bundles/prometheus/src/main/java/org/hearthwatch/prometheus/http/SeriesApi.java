package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.prometheus.http.json.JsonOut;

/** {@code /series}, {@code /labels}, {@code /label/NAME/values} and {@code /metadata}. */
final class SeriesApi {

    /** The warning that goes with what a {@code limit} cut. */
    static final String TRUNCATED = "results truncated due to limit";

    static final String MATCH = "match[]";

    private static final long BEGINNING = Long.MIN_VALUE / 2;
    private static final long END = Long.MAX_VALUE / 2;

    private final SeriesLookup lookup;
    private final SeriesReader store;

    /** @param store what it knows of metric families is told as it is */
    SeriesApi(SeriesLookup lookup, SeriesReader store) {
        this.lookup = lookup;
        this.store = store;
    }

    void series(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        List<String> texts = exchange.parameters(MATCH);
        if (texts.isEmpty()) {
            throw ApiProblem.badData("no match[] parameter provided");
        }
        OptionalInt limit = parameters.limit();
        long from = from(parameters);
        long to = to(parameters);
        List<List<Matcher>> selectors = Selectors.selective(texts, message -> ApiProblem.invalid(MATCH, message));
        answer(exchange, lookup.series(selectors, from, to, limit), limit, Values::labels);
    }

    void labelNames(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        OptionalInt limit = parameters.limit();
        long from = from(parameters);
        long to = to(parameters);
        answer(exchange, lookup.labelNames(selectors(exchange), from, to, limit), limit, JsonOut::string);
    }

    void labelValues(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        String label = EscapedName.plain(exchange.pathParameter("name"));
        if (label.isEmpty()) {
            throw ApiProblem.badData("invalid label name: \"\"");
        }
        OptionalInt limit = parameters.limit();
        long from = from(parameters);
        long to = to(parameters);
        answer(exchange, lookup.labelValues(label, selectors(exchange), from, to, limit), limit, JsonOut::string);
    }

    void metadata(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        long limit = parameters.count("limit").orElse(-1L);
        // One family has one description here, so that no limit per metric cuts anything.
        parameters.count("limit_per_metric");
        String metric = parameters.text("metric").orElse("");
        List<MetricMetadata> families = store.metadata().stream()
                .filter(family -> metric.isEmpty() || family.name().equals(metric))
                .sorted(Comparator.comparing(MetricMetadata::name))
                .limit(limit < 0 ? Long.MAX_VALUE : limit)
                .toList();
        Answer.success(exchange, json -> {
            json.object();
            for (MetricMetadata family : families) {
                json.key(family.name()).array().object();
                json.key("type").string(family.type().word());
                json.key("unit").string(family.unit());
                json.key("help").string(family.help());
                json.endObject().endArray();
            }
            json.endObject();
        });
    }

    /** Writes one of what was found. */
    @FunctionalInterface
    private interface Item<T> {
        void write(JsonOut json, T value) throws IOException;
    }

    private static <T> void answer(Exchange exchange, SeriesLookup.Found<T> found, OptionalInt limit, Item<T> item)
            throws IOException {
        List<T> all = found.values();
        List<T> first = all.subList(0, Math.min(all.size(), limit.orElse(all.size())));
        var warnings = new ArrayList<>(found.warnings());
        if (first.size() < all.size()) {
            warnings.add(TRUNCATED);
        }
        Answer.success(exchange, warnings, List.of(), json -> {
            json.array();
            for (T value : first) {
                item.write(json, value);
            }
            json.endArray();
        });
    }

    private static List<List<Matcher>> selectors(Exchange exchange) throws ApiProblem {
        return Selectors.selective(exchange.parameters(MATCH), ApiProblem::badData);
    }

    static long from(Parameters parameters) throws ApiProblem {
        return parameters.millis("start", BEGINNING);
    }

    static long to(Parameters parameters) throws ApiProblem {
        return parameters.millis("end", END);
    }
}
