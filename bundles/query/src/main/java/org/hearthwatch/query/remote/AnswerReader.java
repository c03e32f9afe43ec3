package org.hearthwatch.query.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;

/**
 * Reads an answer of Prometheus's API as it comes, whatever the order of its fields; unknown ones are passed over. For one
 * answer and one thread.
 */
final class AnswerReader {

    private static final int DEEPEST = 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(400)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private final JsonParser in;
    private String status = "";
    private String errorType = "";
    private String error = "";
    private String resultType = "";
    private Optional<PointReader.Pair> pair = Optional.empty();
    private final List<PointReader.Read> elements = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Labels> series = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> infos = new ArrayList<>();

    private AnswerReader(JsonParser in) {
        this.in = in;
    }

    /** @throws IOException if it cannot be read to its end, or is not what Prometheus answers */
    static RemoteAnswer read(InputStream body) throws IOException {
        try (JsonParser in = FACTORY.createParser(body)) {
            var reader = new AnswerReader(in);
            reader.envelope();
            return reader.answer();
        } catch (JsonProcessingException e) {
            throw new IOException("not the JSON that Prometheus answers with", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("a series or a histogram that cannot be: " + e.getMessage(), e);
        }
    }

    private void envelope() throws IOException {
        PointReader.expect(in.nextToken(), JsonToken.START_OBJECT);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            switch (field) {
                case "status" -> status = in.getText();
                case "errorType" -> errorType = in.getText();
                case "error" -> error = in.getText();
                case "warnings" -> strings(token, warnings);
                case "infos" -> strings(token, infos);
                case "data" -> data(token);
                default -> in.skipChildren();
            }
        }
    }

    private void strings(JsonToken first, List<String> into) throws IOException {
        if (first == JsonToken.VALUE_NULL) {
            return;
        }
        PointReader.expect(first, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            into.add(in.getText());
        }
    }

    private void data(JsonToken first) throws IOException {
        if (first == JsonToken.START_ARRAY) {
            for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    series.add(PointReader.labels(in));
                } else {
                    PointReader.expect(token, JsonToken.VALUE_STRING);
                    texts.add(in.getText());
                }
            }
        } else if (first == JsonToken.START_OBJECT) {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String field = in.currentName();
                JsonToken token = in.nextToken();
                switch (field) {
                    case "resultType" -> resultType = in.getText();
                    case "result" -> result(token);
                    default -> in.skipChildren();
                }
            }
        } else if (first != JsonToken.VALUE_NULL) {
            throw new IOException("data is neither a list nor a result");
        }
    }

    private void result(JsonToken first) throws IOException {
        PointReader.expect(first, JsonToken.START_ARRAY);
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                elements.add(PointReader.element(in));
            } else {
                // A scalar or a text: the array is the pair itself.
                pair = Optional.of(PointReader.rest(in));
                return;
            }
        }
    }

    private RemoteAnswer answer() throws IOException {
        boolean success = status.equals("success");
        if (!success && !status.equals("error")) {
            throw new IOException("its status is neither success nor error");
        }
        return new RemoteAnswer(success, errorType, error, value(), texts, series, warnings, infos);
    }

    private Optional<QueryValue> value() throws IOException {
        return switch (resultType) {
            case "scalar" -> Optional.of(new QueryValue.Scalar(only().millis(), PointReader.number(only().text())));
            case "string" -> Optional.of(new QueryValue.Text(only().millis(), only().text()));
            case "vector" -> Optional.of(vector());
            case "matrix" ->
                Optional.of(new QueryValue.Matrix(elements.stream()
                        .map(PointReader.Read::series)
                        .sorted(Comparator.comparing(QueryValue.Series::labels))
                        .toList()));
            case "" -> Optional.empty();
            default -> throw new IOException("its resultType is unknown");
        };
    }

    private PointReader.Pair only() throws IOException {
        return pair.orElseThrow(() -> new IOException("a " + resultType + " without a value"));
    }

    private QueryValue.Vector vector() throws IOException {
        var samples = new ArrayList<Sample>(elements.size());
        for (PointReader.Read element : elements) {
            samples.add(element.sample().orElseThrow(() -> new IOException("a series of a vector without a value")));
        }
        return new QueryValue.Vector(samples);
    }
}
