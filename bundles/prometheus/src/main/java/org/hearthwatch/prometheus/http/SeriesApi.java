package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Exchange;

/** {@code /series}, {@code /labels}, {@code /label/NAME/values} and {@code /metadata}. */
final class SeriesApi {

    /** The warning that goes with what a {@code limit} cut. */
    static final String TRUNCATED = "results truncated due to limit";

    static final String MATCH = "match[]";

    private static final long BEGINNING = Long.MIN_VALUE / 2;
    private static final long END = Long.MAX_VALUE / 2;

    private final SeriesReader store;

    SeriesApi(SeriesReader store) {
        this.store = store;
    }

    void series(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        List<String> texts = exchange.parameters(MATCH);
        if (texts.isEmpty()) {
            throw ApiProblem.badData("no match[] parameter provided");
        }
        OptionalInt limit = parameters.limit();
        long from = from(parameters);
        long to = to(parameters);
        var found = new TreeSet<Labels>();
        for (List<Matcher> selector : Selectors.selective(texts, message -> ApiProblem.invalid(MATCH, message))) {
            try (var selection = store.select(selector, from, to)) {
                for (int i = 0; i < selection.size(); i++) {
                    found.add(selection.labels(i));
                }
            }
        }
        Answer.success(exchange, truncation(found, limit), List.of(), json -> {
            json.array();
            for (Labels labels : first(found, limit)) {
                Values.labels(json, labels);
            }
            json.endArray();
        });
    }

    void labelNames(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        OptionalInt limit = parameters.limit();
        long from = from(parameters);
        long to = to(parameters);
        var names = new TreeSet<String>();
        for (List<Matcher> selector : selectorsOrAll(exchange)) {
            names.addAll(store.labelNames(selector, from, to));
        }
        strings(exchange, names, limit);
    }

    void labelValues(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        String label = EscapedName.plain(exchange.pathParameter("name"));
        if (label.isEmpty()) {
            throw ApiProblem.badData("invalid label name: \"\"");
        }
        OptionalInt limit = parameters.limit();
        long from = from(parameters);
        long to = to(parameters);
        var values = new TreeSet<String>();
        for (List<Matcher> selector : selectorsOrAll(exchange)) {
            values.addAll(store.labelValues(label, selector, from, to));
        }
        strings(exchange, values, limit);
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

    private static void strings(Exchange exchange, SortedSet<String> values, OptionalInt limit) throws IOException {
        Answer.success(
                exchange, truncation(values, limit), List.of(), json -> Answer.array(json, first(values, limit)));
    }

    private static List<List<Matcher>> selectorsOrAll(Exchange exchange) throws ApiProblem {
        List<List<Matcher>> selectors = Selectors.selective(exchange.parameters(MATCH), ApiProblem::badData);
        return selectors.isEmpty() ? List.of(List.of()) : selectors;
    }

    static long from(Parameters parameters) throws ApiProblem {
        return parameters.millis("start", BEGINNING);
    }

    static long to(Parameters parameters) throws ApiProblem {
        return parameters.millis("end", END);
    }

    private static List<String> truncation(Collection<?> all, OptionalInt limit) {
        return limit.isPresent() && all.size() > limit.getAsInt() ? List.of(TRUNCATED) : Collections.emptyList();
    }

    private static <T> List<T> first(Collection<T> all, OptionalInt limit) {
        var list = new ArrayList<>(all);
        return limit.isPresent() && list.size() > limit.getAsInt() ? list.subList(0, limit.getAsInt()) : list;
    }
}
