package org.hearthwatch.query.remote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.api.metric.BucketBounds;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.Span;

/**
 * Makes a native histogram of the buckets that Prometheus's API shows, which tells neither schema nor indices: the coarsest
 * schema that has all the bounds, to the last bit, or else bounds of its own. The buckets of the result are those that came.
 */
final class HistogramReader {

    /** How the bounds of a bucket belong to it, as the API counts the ways: both do. */
    private static final int CLOSED = 3;

    private double count;
    private double sum;
    private final List<Bucket> buckets = new ArrayList<>();

    /** A bucket as shown. */
    private record Bucket(int rule, double lower, double upper, double count) {

        boolean isZero() {
            return rule == CLOSED && lower == -upper && Double.isFinite(upper);
        }

        boolean isNegative() {
            return !isZero() && upper <= 0;
        }

        /** The bound nearer to zero. */
        double near() {
            return isNegative() ? -upper : lower;
        }

        /** The bound farther from zero. */
        double far() {
            return isNegative() ? -lower : upper;
        }
    }

    private HistogramReader() {}

    /** A histogram, after its brace. */
    static NativeHistogram read(JsonParser in) throws IOException {
        var reader = new HistogramReader();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            switch (field) {
                case "count" -> reader.count = PointReader.number(in.getText());
                case "sum" -> reader.sum = PointReader.number(in.getText());
                case "buckets" -> {
                    PointReader.expect(token, JsonToken.START_ARRAY);
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        reader.buckets.add(bucket(in));
                        if (reader.buckets.size() > 2 * NativeHistogram.MOST_BUCKETS) {
                            throw new IOException("a histogram with too many buckets");
                        }
                    }
                }
                default -> in.skipChildren();
            }
        }
        return reader.histogram();
    }

    private static Bucket bucket(JsonParser in) throws IOException {
        in.nextToken();
        int rule = in.getIntValue();
        in.nextToken();
        double lower = PointReader.number(in.getText());
        in.nextToken();
        double upper = PointReader.number(in.getText());
        in.nextToken();
        var bucket = new Bucket(rule, lower, upper, PointReader.number(in.getText()));
        PointReader.expect(in.nextToken(), JsonToken.END_ARRAY);
        if (!(lower <= upper)) {
            throw new IOException("a bucket whose bounds are none");
        }
        return bucket;
    }

    private NativeHistogram histogram() {
        double threshold = 0;
        double zeroCount = 0;
        for (Bucket bucket : buckets) {
            if (bucket.isZero()) {
                threshold = bucket.upper();
                zeroCount = bucket.count();
            }
        }
        for (int schema = NativeHistogram.LEAST_SCHEMA; schema <= NativeHistogram.GREATEST_SCHEMA; schema++) {
            Optional<NativeHistogram> found = exponential(schema, threshold, zeroCount);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return custom();
    }

    private Optional<NativeHistogram> exponential(int schema, double threshold, double zeroCount) {
        var positive = new TreeMap<Integer, Double>();
        var negative = new TreeMap<Integer, Double>();
        double cut = threshold;
        for (Bucket bucket : buckets) {
            if (bucket.isZero()) {
                continue;
            }
            int index = index(bucket.far(), schema);
            double near = BucketBounds.exponential(index - 1, schema);
            boolean whole = near == bucket.near();
            // Where the zero bucket reaches into a bucket, that begins behind it.
            boolean behindZero = bucket.near() > near && (cut == 0 || cut == bucket.near());
            if (BucketBounds.exponential(index, schema) != bucket.far() || !(whole || behindZero)) {
                return Optional.empty();
            }
            cut = whole ? cut : bucket.near();
            (bucket.isNegative() ? negative : positive).put(index, bucket.count());
        }
        return Optional.of(new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN, schema, cut, zeroCount, count, sum, side(positive), side(negative)));
    }

    private static int index(double bound, int schema) {
        if (Double.isInfinite(bound)) {
            return index(Double.MAX_VALUE, schema) + 1;
        }
        double exponent = Math.log(bound) / Math.log(2);
        return (int) Math.round(schema < 0 ? Math.scalb(exponent, schema) : exponent * (1 << schema));
    }

    private static Buckets side(Map<Integer, Double> counts) {
        var spans = new ArrayList<Span>();
        int next = 0;
        for (int index : counts.keySet()) {
            int last = spans.size() - 1;
            if (last >= 0 && index == next) {
                Span span = spans.get(last);
                spans.set(last, new Span(span.offset(), span.length() + 1));
            } else {
                spans.add(new Span(index - next, 1));
            }
            next = index + 1;
        }
        return new Buckets(
                spans, counts.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private NativeHistogram custom() {
        var bounds = new TreeSet<Double>();
        for (Bucket bucket : buckets) {
            for (double bound : new double[] {bucket.lower(), bucket.upper()}) {
                if (Double.isFinite(bound)) {
                    bounds.add(bound);
                }
            }
        }
        double[] all = bounds.stream().mapToDouble(Double::doubleValue).toArray();
        var counts = new TreeMap<Integer, Double>();
        for (Bucket bucket : buckets) {
            counts.put(bounds.headSet(bucket.upper()).size(), bucket.count());
        }
        return new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN,
                NativeHistogram.CUSTOM_BOUNDS,
                0,
                0,
                count,
                sum,
                side(counts),
                Buckets.NONE,
                all);
    }
}
