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

    private static final long BEGINNING = Long.MIN_VALUE / 2;
    private static final long END = Long.MAX_VALUE / 2;
    private static final String ESCAPED = "U__";

    private final SeriesReader store;

    SeriesApi(SeriesReader store) {
        this.store = store;
    }

    void series(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        List<List<Matcher>> selectors = parameters.selectors();
        if (selectors.isEmpty()) {
            throw ApiProblem.badData("no match[] parameter provided");
        }
        var found = new TreeSet<Labels>();
        for (List<Matcher> selector : selectors) {
            try (var selection = store.select(selector, from(parameters), to(parameters))) {
                for (int i = 0; i < selection.size(); i++) {
                    found.add(selection.labels(i));
                }
            }
        }
        OptionalInt limit = parameters.limit("limit");
        Answer.success(exchange, truncation(found, limit), List.of(), json -> {
            json.writeStartArray();
            for (Labels labels : first(found, limit)) {
                Values.labels(json, labels);
            }
            json.writeEndArray();
        });
    }

    void labelNames(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        long from = from(parameters);
        long to = to(parameters);
        var names = new TreeSet<String>();
        for (List<Matcher> selector : selectorsOrAll(parameters)) {
            names.addAll(store.labelNames(selector, from, to));
        }
        strings(exchange, names, parameters.limit("limit"));
    }

    void labelValues(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        long from = from(parameters);
        long to = to(parameters);
        String label = unescaped(exchange.pathParameter("name"));
        if (label.isEmpty()) {
            throw ApiProblem.badData("invalid label name: \"\"");
        }
        var values = new TreeSet<String>();
        for (List<Matcher> selector : selectorsOrAll(parameters)) {
            values.addAll(store.labelValues(label, selector, from, to));
        }
        strings(exchange, values, parameters.limit("limit"));
    }

    void metadata(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        // One family has one description here, so that a limit per metric only matters when it asks for none.
        parameters.limit("limit_per_metric");
        OptionalInt limit = parameters.limit("limit");
        String metric = parameters.text("metric").orElse("");
        List<MetricMetadata> families = store.metadata().stream()
                .filter(family -> metric.isEmpty() || family.name().equals(metric))
                .sorted(Comparator.comparing(MetricMetadata::name))
                .limit(limit.orElse(Integer.MAX_VALUE))
                .toList();
        Answer.success(exchange, json -> {
            json.writeStartObject();
            for (MetricMetadata family : families) {
                json.writeArrayFieldStart(family.name());
                json.writeStartObject();
                json.writeStringField("type", family.type().word());
                json.writeStringField("unit", family.unit());
                json.writeStringField("help", family.help());
                json.writeEndObject();
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    private static void strings(Exchange exchange, SortedSet<String> values, OptionalInt limit) throws IOException {
        Answer.success(
                exchange, truncation(values, limit), List.of(), json -> Answer.array(json, first(values, limit)));
    }

    private static List<List<Matcher>> selectorsOrAll(Parameters parameters) throws ApiProblem {
        List<List<Matcher>> selectors = parameters.selectors();
        return selectors.isEmpty() ? List.of(List.of()) : selectors;
    }

    private static long from(Parameters parameters) throws ApiProblem {
        return parameters.millis("start", BEGINNING);
    }

    private static long to(Parameters parameters) throws ApiProblem {
        return parameters.millis("end", END);
    }

    private static List<String> truncation(Collection<?> all, OptionalInt limit) {
        return limit.isPresent() && all.size() > limit.getAsInt()
                ? List.of("results truncated due to limit")
                : Collections.emptyList();
    }

    private static <T> List<T> first(Collection<T> all, OptionalInt limit) {
        var list = new ArrayList<>(all);
        return limit.isPresent() && list.size() > limit.getAsInt() ? list.subList(0, limit.getAsInt()) : list;
    }

    /** Prometheus' escaping of UTF-8 names in paths: {@code U__http_2e_status} is {@code http.status}. */
    private static String unescaped(String name) {
        if (!name.startsWith(ESCAPED)) {
            return name;
        }
        var plain = new StringBuilder();
        int at = ESCAPED.length();
        while (at < name.length()) {
            char c = name.charAt(at++);
            if (c != '_') {
                plain.append(c);
            } else if (name.startsWith("_", at)) {
                plain.append('_');
                at++;
            } else {
                int end = name.indexOf('_', at);
                int codePoint = end < 0 ? -1 : hex(name.substring(at, end));
                if (codePoint < 0) {
                    return name;
                }
                plain.appendCodePoint(codePoint);
                at = end + 1;
            }
        }
        return plain.toString();
    }

    private static int hex(String digits) {
        try {
            int codePoint = digits.length() > 6 ? -1 : Integer.parseInt(digits, 16);
            return Character.isValidCodePoint(codePoint) ? codePoint : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
