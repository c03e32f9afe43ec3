package org.hearthwatch.query.fuzz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;

/** Series of every kind: counters, gauges, classic and native histograms, with gaps, resets, and markers of an end. */
final class RandomData {

    private static final int STEPS = 60;
    private static final long INTERVAL = 15_000;

    private final SplittableRandom random;
    private final List<Sample> samples = new ArrayList<>();
    private final long[] times = new long[STEPS];

    private RandomData(SplittableRandom random, long start) {
        this.random = random;
        for (int i = 0; i < STEPS; i++) {
            // Scrapes are not on the dot.
            times[i] = start + i * INTERVAL + (random.nextInt(3) == 0 ? random.nextInt(900) : 0);
        }
    }

    /** Samples in growing time from a moment on, for a quarter of an hour. */
    static List<Sample> from(SplittableRandom random, long start) {
        var data = new RandomData(random, start);
        for (String job : List.of("api", "db")) {
            for (int instance = 0; instance < 3; instance++) {
                data.target(Labels.builder().set("job", job).set("instance", "i" + instance));
            }
        }
        // All series begin at once and in order, because Prometheus keeps them in the order in which they came.
        data.samples.sort(Comparator.comparingLong(Sample::timestamp).thenComparing(Sample::labels));
        return data.samples;
    }

    private void target(Labels.Builder target) {
        Labels labels = target.build();
        numbers(named(labels, "requests_total"), counter(1 + random.nextInt(9)));
        numbers(
                named(labels, "typed_total").with("__type__", "counter").with("__unit__", "s"),
                counter(1 + random.nextInt(5)));
        numbers(named(labels, "up"), i -> random.nextInt(10) == 0 ? 0 : 1);
        numbers(named(labels, "temperature"), i -> gauge());
        numbers(named(labels, "load").with("mode", "x" + random.nextInt(3)), i -> random.nextInt(7) - 3);
        numbers(named(labels, "füll.stand").with("a.b", "x" + random.nextInt(2)), i -> gauge());
        numbers(named(labels, "extreme"), i -> extreme());
        if (random.nextBoolean()) {
            numbers(named(labels, "build_info").with("revision", "r" + random.nextInt(2)), i -> 1);
        }
        if (random.nextBoolean()) {
            numbers(named(labels, "target_info").with("version", "v" + random.nextInt(2)), i -> 1);
        }
        if (random.nextBoolean()) {
            histograms(named(labels, "latency"), ResetHint.UNKNOWN, 0);
        }
        for (String le : List.of("0.1", "1", "5", random.nextInt(8) == 0 ? "many" : "+Inf")) {
            numbers(named(labels, "latency_bucket").with("le", le), counter(2 + random.nextInt(2)));
        }
        histograms(named(labels, "native"), ResetHint.UNKNOWN, random.nextInt(4) - 1);
        histograms(named(labels, "fine"), ResetHint.UNKNOWN, random.nextInt(13) - 4);
        histograms(named(labels, "native_gauge"), ResetHint.GAUGE, random.nextInt(3));
        histograms(named(labels, "custom"), ResetHint.UNKNOWN, NativeHistogram.CUSTOM_BOUNDS);
        if (random.nextInt(3) == 0) {
            mixed(named(labels, "mixed"));
        } else {
            numbers(named(labels, "mixed"), i -> gauge());
        }
    }

    private static Labels named(Labels labels, String name) {
        return labels.with(Labels.NAME, name);
    }

    private IntFunction<Double> counter(int speed) {
        var value = new double[1];
        return i -> {
            value[0] = random.nextInt(25) == 0 ? random.nextInt(5) : value[0] + random.nextInt(speed);
            return value[0];
        };
    }

    private double gauge() {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> 0;
            default -> Math.round((random.nextDouble() - 0.4) * 1000) / 10.0;
        };
    }

    private double extreme() {
        return switch (random.nextInt(8)) {
            case 0 -> Double.MAX_VALUE;
            case 1 -> -Double.MAX_VALUE;
            case 2 -> Double.MIN_VALUE;
            case 3 -> -0.0;
            case 4 -> 1e16;
            case 5 -> -1e16;
            default -> random.nextInt(9) - 4;
        };
    }

    private void numbers(Labels labels, IntFunction<? extends Number> numbers) {
        int gap = 1 + random.nextInt(2 * STEPS);
        for (int i = 0; i < STEPS; i++) {
            double value = numbers.apply(i).doubleValue();
            if (i == gap) {
                samples.add(new Sample(labels, time(i), Staleness.MARKER));
            } else if (i < gap || i > gap + 8) {
                samples.add(new Sample(labels, time(i), value));
            }
        }
    }

    private long time(int i) {
        return times[i];
    }

    private void histograms(Labels labels, ResetHint hint, int firstSchema) {
        int schema = firstSchema;
        double threshold = random.nextInt(3) == 0 ? 0.3 : 0.001;
        double[] bounds = random.nextInt(3) == 0 ? new double[] {0.1, 1, 4, 5, 10} : new double[] {0.1, 1, 2.5, 10};
        double[] state = new double[12];
        int gap = 1 + random.nextInt(3 * STEPS);
        int change = random.nextInt(3 * STEPS);
        for (int i = 0; i < STEPS; i++) {
            if (i == change && schema >= 0) {
                schema = Math.max(0, schema - 1);
            }
            if (random.nextInt(30) == 0) {
                state = new double[12];
            }
            if (random.nextInt(60) == 0) {
                threshold = 0.3;
                bounds = new double[] {-1, 1, 10};
            }
            for (int k = 0; k < 4; k++) {
                state[random.nextInt(12)] += random.nextInt(4);
            }
            if (i == gap && i % 2 == 0) {
                samples.add(new Sample(labels, time(i), Staleness.MARKER));
            } else if (i < gap || i > gap + 8) {
                samples.add(new Sample(labels, time(i), histogram(hint, schema, threshold, state, bounds)));
            }
        }
    }

    private static NativeHistogram histogram(
            ResetHint hint, int schema, double threshold, double[] state, double... bounds) {
        boolean custom = schema == NativeHistogram.CUSTOM_BOUNDS;
        double count = 0;
        double sum = 0;
        var positive = new ArrayList<NativeHistogram.Span>();
        var counts = new ArrayList<Double>();
        int offset = 0;
        for (int i = 0; i < (custom ? bounds.length + 1 : 8); i++) {
            if (state[i] > 0) {
                int last = positive.size() - 1;
                if (offset == 0 && last >= 0) {
                    NativeHistogram.Span span = positive.get(last);
                    positive.set(last, new NativeHistogram.Span(span.offset(), span.length() + 1));
                } else {
                    positive.add(new NativeHistogram.Span(offset, 1));
                }
                counts.add(state[i]);
                offset = 0;
                count += state[i];
                sum += state[i] * (i + 1) / 2;
            } else {
                offset++;
            }
        }
        var right = new NativeHistogram.Buckets(
                positive, counts.stream().mapToDouble(Double::doubleValue).toArray());
        if (custom) {
            return new NativeHistogram(hint, schema, 0, 0, count, sum, right, NativeHistogram.Buckets.NONE, bounds);
        }
        var left = NativeHistogram.Buckets.NONE;
        if (state[9] > 0) {
            left = new NativeHistogram.Buckets(List.of(new NativeHistogram.Span(1, 1)), state[9]);
            count += state[9];
            sum -= state[9];
        }
        return new NativeHistogram(hint, schema, threshold, state[8], count + state[8], sum, right, left);
    }

    private void mixed(Labels labels) {
        for (int i = 0; i < STEPS; i++) {
            if (i / 20 % 2 == 0) {
                samples.add(new Sample(labels, time(i), gauge()));
            } else {
                double[] state = {1, 2, 0, i, 0, 0, 3, 0, 1, 0, 0, 0};
                samples.add(new Sample(labels, time(i), histogram(ResetHint.UNKNOWN, 1, 0.001, state)));
            }
        }
    }
}
