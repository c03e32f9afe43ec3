package org.hearthwatch.prometheus.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.prometheus.http.json.GoFloat.Layout;
import org.hearthwatch.prometheus.http.json.JsonOut;

/** {@code /query_exemplars}: the exemplars of all series an expression reads. */
final class ExemplarApi {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final QueryEngine engine;
    private final Supplier<Optional<ExemplarStore>> store;

    ExemplarApi(QueryEngine engine, Supplier<Optional<ExemplarStore>> store) {
        this.engine = engine;
        this.store = store;
    }

    void exemplars(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        // Grafana sends milliseconds where seconds are meant: a time far ahead, at which there is nothing.
        long from = SeriesApi.from(parameters);
        long to = SeriesApi.to(parameters);
        if (to < from) {
            throw ApiProblem.badData("end timestamp must not be before start timestamp");
        }
        List<List<Matcher>> selectors =
                selectors(engine.tree(parameters.text("query").orElse("")));
        if (selectors.isEmpty()) {
            exchange.respond(204);
            return;
        }
        var bySeries = new LinkedHashMap<Labels, List<Exemplar>>();
        for (Exemplar exemplar : store.get()
                .map(exemplars -> exemplars.select(selectors, from, to))
                .orElse(List.of())) {
            bySeries.computeIfAbsent(exemplar.series(), series -> new ArrayList<>())
                    .add(exemplar);
        }
        Answer.success(exchange, json -> write(json, bySeries));
    }

    private static void write(JsonOut json, Map<Labels, List<Exemplar>> bySeries) throws IOException {
        json.array();
        for (var series : bySeries.entrySet()) {
            json.object().key("seriesLabels");
            Values.labels(json, series.getKey());
            json.key("exemplars").array();
            for (Exemplar exemplar : series.getValue()) {
                json.object().key("labels");
                Values.labels(json, exemplar.labels());
                json.key("value").value(exemplar.value(), Layout.JSON);
                json.key("timestamp").time(exemplar.timestamp()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    /** The matchers of every selector in a tree, which is written as {@code /parse_query} shows it. */
    private static List<List<Matcher>> selectors(String tree) throws IOException {
        var selectors = new ArrayList<List<Matcher>>();
        try (var parser = FACTORY.createParser(tree)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals("matchers")) {
                    parser.nextToken();
                    var matchers = new ArrayList<Matcher>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        var fields = new LinkedHashMap<String, String>();
                        while (parser.nextToken() != JsonToken.END_OBJECT) {
                            fields.put(parser.currentName(), parser.nextTextValue());
                        }
                        matchers.add(new Matcher(
                                fields.getOrDefault("name", ""),
                                kind(fields.getOrDefault("type", "")),
                                fields.getOrDefault("value", "")));
                    }
                    selectors.add(matchers);
                }
            }
        }
        return selectors;
    }

    private static Matcher.Kind kind(String sign) throws IOException {
        for (Matcher.Kind kind : Matcher.Kind.values()) {
            if (kind.sign().equals(sign)) {
                return kind;
            }
        }
        throw new IOException("The engine's tree has a matcher of the kind " + sign);
    }
}
