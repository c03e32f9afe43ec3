package org.hearthwatch.query.remote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;
import org.jspecify.annotations.Nullable;

/** Reads series and their samples in the form of Prometheus's API. Reads from where a parser stands. */
final class PointReader {

    private PointReader() {}

    /** A time and a text. */
    record Pair(long millis, String text) {}

    /** A series as it came. */
    record Read(QueryValue.Series series) {

        /** Its first sample, as a vector has one. */
        Optional<Sample> sample() {
            if (series.size() > 0) {
                return Optional.of(new Sample(series.labels(), series.timestamps()[0], series.values()[0]));
            }
            return series.histograms().stream()
                    .findFirst()
                    .map(point -> new Sample(series.labels(), point.timestamp(), point.histogram()));
        }
    }

    /** A series of a vector or a matrix, after its brace. */
    static Read element(JsonParser in) throws IOException {
        Labels labels = Labels.EMPTY;
        var columns = new Columns();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            switch (field) {
                case "metric" -> {
                    expect(token, JsonToken.START_OBJECT);
                    labels = labels(in);
                }
                case "value" -> columns.number(in, token);
                case "values" -> {
                    expect(token, JsonToken.START_ARRAY);
                    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
                        columns.number(in, next);
                    }
                }
                case "histogram" -> columns.histogram(in, token);
                case "histograms" -> {
                    expect(token, JsonToken.START_ARRAY);
                    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
                        columns.histogram(in, next);
                    }
                }
                default -> in.skipChildren();
            }
        }
        return new Read(columns.series(labels));
    }

    /** Labels, after their brace. */
    static Labels labels(JsonParser in) throws IOException {
        var labels = Labels.builder();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            expect(in.nextToken(), JsonToken.VALUE_STRING);
            labels.set(name, in.getText());
        }
        return labels.build();
    }

    /** What remains of a pair of which the parser stands at the time. */
    static Pair rest(JsonParser in) throws IOException {
        long millis = millis(in);
        expect(in.nextToken(), JsonToken.VALUE_STRING);
        var pair = new Pair(millis, in.getText());
        expect(in.nextToken(), JsonToken.END_ARRAY);
        return pair;
    }

    private static long millis(JsonParser in) throws IOException {
        double seconds = in.getDoubleValue();
        return Math.round(seconds * 1000);
    }

    /** A value as Prometheus writes it. */
    static double number(String text) throws IOException {
        try {
            return switch (text) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new IOException("a value that is no number", e);
        }
    }

    static void expect(@Nullable JsonToken token, JsonToken wanted) throws IOException {
        if (token != wanted) {
            throw new IOException("not the JSON that Prometheus answers with");
        }
    }

    /** Samples that are still coming. */
    private static final class Columns {

        private long[] times = new long[1];
        private double[] values = new double[1];
        private int size;
        private final List<QueryValue.HistogramPoint> histograms = new ArrayList<>(0);

        void number(JsonParser in, JsonToken first) throws IOException {
            expect(first, JsonToken.START_ARRAY);
            in.nextToken();
            long millis = millis(in);
            expect(in.nextToken(), JsonToken.VALUE_STRING);
            if (size == times.length) {
                times = Arrays.copyOf(times, 4 * size);
                values = Arrays.copyOf(values, 4 * size);
            }
            times[size] = millis;
            values[size++] = PointReader.number(in.getText());
            expect(in.nextToken(), JsonToken.END_ARRAY);
        }

        void histogram(JsonParser in, JsonToken first) throws IOException {
            expect(first, JsonToken.START_ARRAY);
            in.nextToken();
            long millis = millis(in);
            expect(in.nextToken(), JsonToken.START_OBJECT);
            histograms.add(new QueryValue.HistogramPoint(millis, HistogramReader.read(in)));
            expect(in.nextToken(), JsonToken.END_ARRAY);
        }

        QueryValue.Series series(Labels labels) {
            return new QueryValue.Series(labels, Arrays.copyOf(times, size), Arrays.copyOf(values, size), histograms);
        }
    }
}
