package org.hearthwatch.alert.evaluate;

import java.util.ArrayDeque;
import java.util.StringJoiner;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.api.metric.NativeHistogram;

/** A native histogram as Prometheus writes it in texts: {@code {count:2, sum:3, (0.5,1]:2}}. */
public final class HistogramText {

    private HistogramText() {}

    public static String of(NativeHistogram histogram) {
        var text = new StringJoiner(", ", "{", "}");
        text.add("count:" + number(histogram.count()));
        text.add("sum:" + number(histogram.sum()));
        var negative = new ArrayDeque<String>();
        buckets(
                histogram,
                histogram.negative(),
                (lower, upper, count) ->
                        negative.push("[" + number(-upper) + "," + number(-lower) + "):" + number(count)));
        negative.forEach(text::add);
        if (histogram.zeroCount() != 0) {
            text.add("[" + number(-histogram.zeroThreshold()) + "," + number(histogram.zeroThreshold()) + "]:"
                    + number(histogram.zeroCount()));
        }
        buckets(histogram, histogram.positive(), (lower, upper, count) -> {
            String open = lower == Double.NEGATIVE_INFINITY ? "[" : "(";
            text.add(open + number(lower) + "," + number(upper) + "]:" + number(count));
        });
        return text.toString();
    }

    private interface BucketSink {
        void bucket(double lower, double upper, double count);
    }

    private static void buckets(NativeHistogram histogram, NativeHistogram.Buckets side, BucketSink sink) {
        int index = 0;
        int n = 0;
        for (NativeHistogram.Span span : side.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++, index++, n++) {
                if (side.count(n) != 0) {
                    sink.bucket(bound(histogram, index - 1), bound(histogram, index), side.count(n));
                }
            }
        }
    }

    private static double bound(NativeHistogram histogram, int index) {
        if (!histogram.hasCustomBounds()) {
            return Math.pow(2, index * Math.pow(2, -histogram.schema()));
        }
        double[] bounds = histogram.customBounds();
        if (index < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
    }

    private static String number(double value) {
        return GoNumber.format(value, 'g', GoNumber.SHORTEST);
    }
}
