package org.hearthwatch.prometheus.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;

/** Writes query results in the forms of the API: times are numbers in seconds, values strings. */
final class Values {

    private Values() {}

    /** How many series a result has; scalars and texts have none. */
    static int series(QueryValue value) {
        if (value instanceof QueryValue.Vector vector) {
            return vector.samples().size();
        }
        return value instanceof QueryValue.Matrix matrix ? matrix.series().size() : 0;
    }

    /** @param most series written; the rest is left out */
    static void write(JsonGenerator json, QueryValue value, int most) throws IOException {
        if (value instanceof QueryValue.Scalar scalar) {
            point(json, scalar.timestamp(), Numbers.value(scalar.value()));
        } else if (value instanceof QueryValue.Text text) {
            point(json, text.timestamp(), text.value());
        } else if (value instanceof QueryValue.Vector vector) {
            vector(json, first(vector.samples(), most));
        } else if (value instanceof QueryValue.Matrix matrix) {
            matrix(json, first(matrix.series(), most));
        }
    }

    static void labels(JsonGenerator json, Labels labels) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < labels.size(); i++) {
            json.writeStringField(labels.nameAt(i), labels.valueAt(i));
        }
        json.writeEndObject();
    }

    private static void vector(JsonGenerator json, List<Sample> samples) throws IOException {
        json.writeStartArray();
        for (Sample sample : samples) {
            json.writeStartObject();
            json.writeFieldName("metric");
            labels(json, sample.labels());
            json.writeFieldName("value");
            point(json, sample.timestamp(), Numbers.value(sample.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void matrix(JsonGenerator json, List<QueryValue.Series> all) throws IOException {
        json.writeStartArray();
        for (QueryValue.Series series : all) {
            json.writeStartObject();
            json.writeFieldName("metric");
            labels(json, series.labels());
            json.writeArrayFieldStart("values");
            for (int i = 0; i < series.size(); i++) {
                point(json, series.timestamps()[i], Numbers.value(series.values()[i]));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void point(JsonGenerator json, long timestamp, String value) throws IOException {
        json.writeStartArray();
        json.writeRawValue(Numbers.time(timestamp));
        json.writeString(value);
        json.writeEndArray();
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.size() <= most ? list : list.subList(0, most);
    }
}
