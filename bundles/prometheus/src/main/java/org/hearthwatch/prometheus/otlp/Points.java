package org.hearthwatch.prometheus.otlp;

import java.util.Arrays;
import java.util.HexFormat;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.metric.Summary;
import org.hearthwatch.prometheus.in.Push;
import org.hearthwatch.prometheus.in.TooMuchException;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;
import org.jspecify.annotations.Nullable;

/** Reads data points of every kind and gives them to the push as samples. Not thread-safe; reused from point to point. */
final class Points {

    private static final long NANOS_IN_MILLI = 1_000_000;

    /** Set where a point says that there is no value: the series ended. */
    private static final long NO_RECORDED_VALUE = 1;

    /** What Prometheus takes where a sender does not say how wide its zero bucket is. */
    private static final double ZERO_THRESHOLD = 1e-128;

    private final Push push;
    private final ProtoReader in;
    private Labels common = Labels.EMPTY;
    private int count;
    private int rejected;
    private long newest = Long.MIN_VALUE;

    private Attributes attributes = new Attributes();
    private long millis;
    private boolean stale;
    private double value;
    private double observations;
    private double sum;
    private boolean hasSum;
    private final DoubleList counts = new DoubleList();
    private final DoubleList bounds = new DoubleList();
    private final ExponentialBuckets positive = new ExponentialBuckets();
    private final ExponentialBuckets negative = new ExponentialBuckets();
    private int scale;
    private double zeroCount;
    private double zeroThreshold;

    Points(Push push, ProtoReader in) {
        this.push = push;
        this.in = in;
    }

    /** From here on all series have these labels. */
    void begin(Labels labels) {
        common = labels;
        newest = Long.MIN_VALUE;
    }

    int count() {
        return count;
    }

    int rejected() {
        return rejected;
    }

    /** The time of the newest point since {@link #begin}, in milliseconds. */
    long newest() {
        return newest;
    }

    void reject(String reason, String metric) {
        count++;
        rejected++;
        push.problems().add("not supported", 1, metric + ": " + reason);
    }

    void number(Labels.Builder labels, long timestamp, double number) throws TooMuchException {
        Labels series = push.admitted(labels);
        if (series == null) {
            push.tooManySeries(1, labels.build());
        } else {
            push.number(series, timestamp, stale ? Staleness.MARKER : number);
        }
    }

    /** Reads the point of a kind that the field here holds. */
    void read(int kind, String name) throws WireException, TooMuchException {
        count++;
        clear();
        int outer = in.enter();
        int begin = in.at();
        while (in.next()) {
            switch (kind) {
                case 5, 7 -> ofNumber();
                case 9 -> ofHistogram();
                case 10 -> ofExponential();
                default -> ofSummary();
            }
        }
        newest = Math.max(newest, millis);
        Labels exemplified = switch (kind) {
            case 5, 7 -> giveNumber(name);
            case 9 -> giveHistogram(name);
            case 10 -> giveExponential(name);
            default -> giveSummary(name, begin);
        };
        if (exemplified != null) {
            in.moveTo(begin);
            exemplars(kind == 9 ? 8 : kind == 10 ? 11 : 5, exemplified);
        }
        in.leave(outer);
    }

    private void clear() {
        attributes = new Attributes();
        millis = 0;
        stale = false;
        value = 0;
        observations = 0;
        sum = 0;
        hasSum = false;
        counts.clear();
        bounds.clear();
        positive.clear();
        negative.clear();
        scale = 0;
        zeroCount = 0;
        zeroThreshold = 0;
    }

    private void ofNumber() throws WireException {
        switch (in.field()) {
            case 3 -> millis = in.fixed64() / NANOS_IN_MILLI;
            case 4 -> value = in.float64();
            case 6 -> value = (double) in.fixed64();
            case 7 -> attributes.read(in);
            case 8 -> stale = (in.integer() & NO_RECORDED_VALUE) != 0;
            default -> in.skip();
        }
    }

    private void ofHistogram() throws WireException {
        switch (in.field()) {
            case 3 -> millis = in.fixed64() / NANOS_IN_MILLI;
            case 4 -> observations = (double) in.fixed64();
            case 5 -> {
                sum = in.float64();
                hasSum = true;
            }
            case 6 -> counts.readIntegers(in);
            case 7 -> bounds.readFloats(in);
            case 9 -> attributes.read(in);
            case 10 -> stale = (in.integer() & NO_RECORDED_VALUE) != 0;
            default -> in.skip();
        }
    }

    private void ofExponential() throws WireException {
        switch (in.field()) {
            case 1 -> attributes.read(in);
            case 3 -> millis = in.fixed64() / NANOS_IN_MILLI;
            case 4 -> observations = (double) in.fixed64();
            case 5 -> sum = in.float64();
            case 6 -> scale = (int) in.signed();
            case 7 -> zeroCount = (double) in.fixed64();
            case 8 -> positive.read(in);
            case 9 -> negative.read(in);
            case 10 -> stale = (in.integer() & NO_RECORDED_VALUE) != 0;
            case 14 -> zeroThreshold = in.float64();
            default -> in.skip();
        }
    }

    private void ofSummary() throws WireException {
        switch (in.field()) {
            case 3 -> millis = in.fixed64() / NANOS_IN_MILLI;
            case 4 -> observations = (double) in.fixed64();
            case 5 -> sum = in.float64();
            case 7 -> attributes.read(in);
            case 8 -> stale = (in.integer() & NO_RECORDED_VALUE) != 0;
            default -> in.skip();
        }
    }

    private Labels.Builder labels(String name) {
        var labels = Labels.builder();
        attributes.addTo(labels);
        common.forEach(labels::set);
        return labels.set(Labels.NAME, name);
    }

    private @Nullable Labels giveNumber(String name) throws TooMuchException {
        var labels = labels(name);
        number(labels, millis, value);
        return labels.build();
    }

    private @Nullable Labels giveHistogram(String name) throws TooMuchException {
        boolean fits = counts.size() == 0 || counts.size() == bounds.size() + 1;
        if (!fits || !bounds.grows()) {
            rejected++;
            push.problems()
                    .add(
                            "invalid histogram",
                            1,
                            name + ": " + counts.size() + " bucket counts for " + bounds.size()
                                    + " bounds, which have to grow");
            return null;
        }
        if (hasSum) {
            number(labels(name + "_sum"), millis, sum);
        }
        double cumulative = 0;
        for (int i = 0; i < bounds.size(); i++) {
            cumulative += counts.size() == 0 ? 0 : counts.get(i);
            number(labels(name + "_bucket").set(Histogram.BOUND, Attributes.number(bounds.get(i))), millis, cumulative);
        }
        var last = labels(name + "_bucket").set(Histogram.BOUND, "+Inf");
        number(last, millis, observations);
        number(labels(name + "_count"), millis, observations);
        return last.build();
    }

    private @Nullable Labels giveExponential(String name) throws TooMuchException {
        if (stale) {
            number(labels(name), millis, Staleness.MARKER);
            return null;
        }
        try {
            int schema = Math.min(scale, NativeHistogram.GREATEST_SCHEMA);
            int halvings = scale - schema;
            if (halvings > 31) {
                throw new IllegalArgumentException("a scale of " + scale + " is too fine");
            }
            var histogram = new NativeHistogram(
                    ResetHint.UNKNOWN,
                    schema,
                    zeroThreshold > 0 ? zeroThreshold : ZERO_THRESHOLD,
                    zeroCount,
                    observations,
                    sum,
                    positive.buckets(halvings),
                    negative.buckets(halvings));
            Labels.Builder labels = labels(name);
            Labels series = push.admitted(labels);
            if (series == null) {
                push.tooManySeries(1, labels.build());
            } else {
                push.histogram(series, millis, histogram);
            }
            return series;
        } catch (IllegalArgumentException e) {
            rejected++;
            push.problems().add("invalid histogram", 1, name + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable Labels giveSummary(String name, int begin) throws WireException, TooMuchException {
        number(labels(name + "_sum"), millis, sum);
        number(labels(name + "_count"), millis, observations);
        in.moveTo(begin);
        while (in.next()) {
            if (in.field() == 6) {
                quantile(name);
            } else {
                in.skip();
            }
        }
        return null;
    }

    private void quantile(String name) throws WireException, TooMuchException {
        double quantile = 0;
        double at = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> quantile = in.float64();
                case 2 -> at = in.float64();
                default -> in.skip();
            }
        }
        in.leave(outer);
        number(labels(name).set(Summary.QUANTILE, Attributes.number(quantile)), millis, at);
    }

    private void exemplars(int field, Labels series) throws WireException, TooMuchException {
        while (in.next()) {
            if (in.field() == field) {
                exemplar(series);
            } else {
                in.skip();
            }
        }
    }

    private void exemplar(Labels series) throws WireException, TooMuchException {
        var own = new Attributes();
        String trace = "";
        String span = "";
        long time = millis;
        double number = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> time = in.fixed64() / NANOS_IN_MILLI;
                case 3 -> number = in.float64();
                case 4 -> span = hexadecimal();
                case 5 -> trace = hexadecimal();
                case 6 -> number = (double) in.fixed64();
                case 7 -> own.read(in);
                default -> in.skip();
            }
        }
        in.leave(outer);
        var labels = Labels.builder();
        own.addTo(labels);
        labels.set("trace_id", trace).set("span_id", span);
        push.exemplar(new Exemplar(series, labels.build(), time, number));
    }

    private String hexadecimal() throws WireException {
        int length = in.length();
        byte[] bytes = Arrays.copyOfRange(in.bytes(), in.at(), in.at() + length);
        in.moveTo(in.at() + length);
        return HexFormat.of().formatHex(bytes);
    }
}
