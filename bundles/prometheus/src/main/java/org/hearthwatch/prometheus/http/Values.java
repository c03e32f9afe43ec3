package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.BucketBounds;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.prometheus.http.json.GoFloat.Layout;
import org.hearthwatch.prometheus.http.json.JsonOut;

/** Writes query results in the forms of the API: times are numbers in seconds, values strings. */
final class Values {

    /** How the bounds of a bucket belong to it: only the upper one does, only the lower one does, both do. */
    private static final int LEFT_OPEN = 0;

    private static final int RIGHT_OPEN = 1;
    private static final int CLOSED = 3;

    private Values() {}

    /** How many series a result has; scalars and texts have none. */
    static int series(QueryValue value) {
        if (value instanceof QueryValue.Vector vector) {
            return vector.samples().size();
        }
        return value instanceof QueryValue.Matrix matrix ? matrix.series().size() : 0;
    }

    /** @param most series written; the rest is left out */
    static void write(JsonOut json, QueryValue value, int most) throws IOException {
        if (value instanceof QueryValue.Scalar scalar) {
            // Prometheus writes these two by other rules than samples.
            json.array().number(scalar.timestamp() / 1000.0);
            json.value(scalar.value(), Layout.PLAIN).endArray();
        } else if (value instanceof QueryValue.Text text) {
            json.array().number(text.timestamp() / 1000.0).string(text.value()).endArray();
        } else if (value instanceof QueryValue.Vector vector) {
            vector(json, first(vector.samples(), most));
        } else if (value instanceof QueryValue.Matrix matrix) {
            matrix(json, first(matrix.series(), most));
        }
    }

    static void labels(JsonOut json, Labels labels) throws IOException {
        json.object();
        for (int i = 0; i < labels.size(); i++) {
            json.label(i, labels.nameAt(i), labels.valueAt(i));
        }
        json.endObject();
    }

    static void texts(JsonOut json, Map<String, String> texts) throws IOException {
        json.object();
        for (var text : texts.entrySet()) {
            json.key(text.getKey()).string(text.getValue());
        }
        json.endObject();
    }

    private static void vector(JsonOut json, List<Sample> samples) throws IOException {
        json.array();
        for (Sample sample : samples) {
            json.object().key("metric");
            labels(json, sample.labels());
            if (sample.histogram().isPresent()) {
                json.key("histogram");
                point(json, sample.timestamp(), sample.histogram().get());
            } else {
                json.key("value");
                json.point(sample.timestamp(), sample.value());
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void matrix(JsonOut json, List<QueryValue.Series> all) throws IOException {
        json.array();
        for (QueryValue.Series series : all) {
            json.object().key("metric");
            labels(json, series.labels());
            long[] timestamps = series.timestamps();
            double[] values = series.values();
            if (timestamps.length > 0) {
                json.key("values").array();
                for (int i = 0; i < timestamps.length; i++) {
                    json.point(timestamps[i], values[i]);
                }
                json.endArray();
            }
            if (!series.histograms().isEmpty()) {
                json.key("histograms").array();
                for (QueryValue.HistogramPoint point : series.histograms()) {
                    point(json, point.timestamp(), point.histogram());
                }
                json.endArray();
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void point(JsonOut json, long timestamp, NativeHistogram histogram) throws IOException {
        json.array().time(timestamp);
        histogram(json, histogram);
        json.endArray();
    }

    /** Only buckets with a count are shown; negative ones, the farthest from zero first, then zero's, then positive ones. */
    private static void histogram(JsonOut json, NativeHistogram histogram) throws IOException {
        json.object().key("count").value(histogram.count(), Layout.JSON);
        json.key("sum").value(histogram.sum(), Layout.JSON);
        var buckets = new BucketList(json);
        double zero = histogram.zeroThreshold();
        int[] negative = indexes(histogram.negative());
        for (int i = negative.length - 1; i >= 0; i--) {
            double near = BucketBounds.exponential(negative[i] - 1, histogram.schema());
            double far = BucketBounds.exponential(negative[i], histogram.schema());
            // Where the zero bucket reaches into it, the bucket begins behind it.
            buckets.add(
                    RIGHT_OPEN,
                    -far,
                    -Math.max(near, zero),
                    histogram.negative().count(i));
        }
        if (histogram.zeroCount() > 0) {
            buckets.add(CLOSED, -zero, zero, histogram.zeroCount());
        }
        int[] positive = indexes(histogram.positive());
        double[] bounds = histogram.customBounds();
        for (int i = 0; i < positive.length; i++) {
            if (histogram.hasCustomBounds()) {
                double lower = BucketBounds.custom(positive[i] - 1, bounds);
                double upper = BucketBounds.custom(positive[i], bounds);
                // The bound that is no number of the source's belongs to the bucket, so that nothing is left out.
                int rule = positive[i] == 0 ? CLOSED : LEFT_OPEN;
                buckets.add(rule, lower, upper, histogram.positive().count(i));
            } else {
                double near = BucketBounds.exponential(positive[i] - 1, histogram.schema());
                double far = BucketBounds.exponential(positive[i], histogram.schema());
                buckets.add(
                        LEFT_OPEN,
                        Math.max(near, zero),
                        far,
                        histogram.positive().count(i));
            }
        }
        buckets.end();
        json.endObject();
    }

    private static int[] indexes(NativeHistogram.Buckets buckets) {
        var indexes = new int[buckets.size()];
        int at = 0;
        int index = 0;
        for (NativeHistogram.Span span : buckets.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                indexes[at++] = index++;
            }
        }
        return indexes;
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.size() <= most ? list : list.subList(0, most);
    }

    /** The {@code buckets} of a histogram, a field that is there only if one is. */
    private static final class BucketList {

        private final JsonOut json;
        private boolean some;

        BucketList(JsonOut json) {
            this.json = json;
        }

        void add(int rule, double lower, double upper, double count) throws IOException {
            if (count == 0) {
                return;
            }
            if (!some) {
                json.key("buckets").array();
                some = true;
            }
            json.array().number(rule).value(lower, Layout.JSON).value(upper, Layout.JSON);
            json.value(count, Layout.JSON).endArray();
        }

        void end() throws IOException {
            if (some) {
                json.endArray();
            }
        }
    }
}
