package org.hearthwatch.prometheus.http;

import static org.hearthwatch.prometheus.http.JsonTree.list;
import static org.hearthwatch.prometheus.http.JsonTree.object;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.jspecify.annotations.Nullable;

/** Gives the value, or the refusal, that Prometheus was recorded giving: what is compared is how it is written. */
final class RecordedEngine implements QueryEngine {

    /** The schema of the recorded histograms. */
    private static final int SCHEMA = 3;

    private static final String IN_QUERY = "invalid parameter \"query\": ";

    private final Map<String, Object> answer;

    RecordedEngine(String body) {
        try {
            this.answer = object(JsonTree.of(body));
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
    }

    @Override
    public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
        refuse();
        Map<String, Object> data = object(answer.get("data"));
        QueryValue value = value(data);
        if (answer.containsKey("warnings") && list(answer.get("warnings")).contains(SeriesApi.TRUNCATED)) {
            value = longer(value);
        }
        return new QueryResult(value, texts("warnings"), texts("infos"), 0);
    }

    @Override
    public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException {
        return instant(expression, start, options);
    }

    @Override
    public String format(String expression) throws QueryException {
        refuse();
        return String.valueOf(answer.get("data"));
    }

    @Override
    public String tree(String expression) throws QueryException {
        refuse();
        if (answer.isEmpty()) {
            return "{}";
        }
        return "{\"matchers\":[{\"name\":\"__name__\",\"type\":\"=\",\"value\":\"test\"}]}";
    }

    private void refuse() throws QueryException {
        if (answer.isEmpty() || "success".equals(answer.get("status"))) {
            return;
        }
        String message = String.valueOf(answer.get("error"));
        if ("execution".equals(answer.get("errorType"))) {
            throw new QueryException(QueryException.Kind.EXECUTION, message);
        }
        String own = message.startsWith(IN_QUERY) ? message.substring(IN_QUERY.length()) : message;
        if (own.startsWith("invalid parameter")) {
            throw new AssertionError("The engine is asked in spite of: " + own);
        }
        throw new QueryException(QueryException.Kind.BAD_DATA, own);
    }

    private List<String> texts(String field) {
        return answer.containsKey(field)
                ? list(answer.get(field)).stream()
                        .map(String::valueOf)
                        .filter(text -> !text.equals(SeriesApi.TRUNCATED))
                        .toList()
                : List.of();
    }

    private static QueryValue value(Map<String, Object> data) {
        String type = String.valueOf(data.get("resultType"));
        List<Object> result = list(data.get("result"));
        return switch (type) {
            case "scalar" -> new QueryValue.Scalar(millis(result.get(0)), number(result.get(1)));
            case "string" -> new QueryValue.Text(millis(result.get(0)), String.valueOf(result.get(1)));
            case "vector" ->
                new QueryValue.Vector(
                        result.stream().map(RecordedEngine::sample).toList());
            default ->
                new QueryValue.Matrix(
                        result.stream().map(RecordedEngine::series).toList());
        };
    }

    /** With one more, to be cut off. */
    private static QueryValue longer(QueryValue value) {
        if (value instanceof QueryValue.Vector vector) {
            var samples = new ArrayList<>(vector.samples());
            samples.add(new Sample(Labels.of("cut", "off"), 0, 0));
            return new QueryValue.Vector(samples);
        }
        var series = new ArrayList<>(((QueryValue.Matrix) value).series());
        series.add(new QueryValue.Series(Labels.of("cut", "off"), new long[] {0}, new double[] {0}));
        return new QueryValue.Matrix(series);
    }

    private static Sample sample(Object json) {
        Map<String, Object> fields = object(json);
        Labels labels = labels(fields.get("metric"));
        if (fields.containsKey("histogram")) {
            List<Object> point = list(fields.get("histogram"));
            return new Sample(labels, millis(point.get(0)), histogram(point.get(1)));
        }
        List<Object> point = list(fields.get("value"));
        return new Sample(labels, millis(point.get(0)), number(point.get(1)));
    }

    private static QueryValue.Series series(Object json) {
        Map<String, Object> fields = object(json);
        List<Object> values = fields.containsKey("values") ? list(fields.get("values")) : List.of();
        var histograms = new ArrayList<QueryValue.HistogramPoint>();
        if (fields.containsKey("histograms")) {
            for (Object point : list(fields.get("histograms"))) {
                histograms.add(new QueryValue.HistogramPoint(
                        millis(list(point).get(0)), histogram(list(point).get(1))));
            }
        }
        return new QueryValue.Series(
                labels(fields.get("metric")),
                values.stream().mapToLong(point -> millis(list(point).get(0))).toArray(),
                values.stream().mapToDouble(point -> number(list(point).get(1))).toArray(),
                histograms);
    }

    /** Recorded were positive buckets alone. */
    private static NativeHistogram histogram(Object json) {
        Map<String, Object> fields = object(json);
        var spans = new ArrayList<Span>();
        List<Object> buckets = fields.containsKey("buckets") ? list(fields.get("buckets")) : List.of();
        var counts = new double[buckets.size()];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            double upper = number(list(buckets.get(i)).get(2));
            int index = (int) Math.round(Math.log(upper) / Math.log(2) * (1 << SCHEMA));
            spans.add(new Span(index - next, 1));
            next = index + 1;
            counts[i] = number(list(buckets.get(i)).get(3));
        }
        return new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN,
                SCHEMA,
                1e-128,
                0,
                number(fields.get("count")),
                number(fields.get("sum")),
                new Buckets(spans, counts),
                Buckets.NONE);
    }

    private static Labels labels(@Nullable Object json) {
        var labels = Labels.builder();
        object(json).forEach((name, value) -> labels.set(name, String.valueOf(value)));
        return labels.build();
    }

    private static long millis(Object json) {
        return new BigDecimal(String.valueOf(json).substring(1))
                .movePointRight(3)
                .longValueExact();
    }

    private static double number(@Nullable Object json) {
        return switch (String.valueOf(json).toLowerCase(Locale.ROOT)) {
            case "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(String.valueOf(json));
        };
    }
}
