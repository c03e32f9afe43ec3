package org.hearthwatch.benchmarks.store;

import java.util.SplittableRandom;

/**
 * What one host's exporter says over seven minutes, a second at a time: as many series of each kind as a node_exporter
 * had whose scrapes this is made after. Of 586 series 386 are constant, 77 counters, 123 gauges; of the 200 that vary 65
 * are full-precision numbers. Series rise and fall together, as a host's do.
 */
final class Template {

    static final int SERIES = 586;
    static final int STEPS = 420;

    private static final int CONSTANTS = 386;
    private static final int WHOLE_COUNTERS = 52;
    private static final int FLOAT_COUNTERS = 25;
    private static final int WHOLE_GAUGES = 83;
    private static final double[] QUANTA = {1, 1, 1, 0.01, 0.01, 1024, 4096};

    /** What a series does. */
    enum Kind {
        CONSTANT,
        COUNTER,
        FLOAT_COUNTER,
        GAUGE,
        FLOAT_GAUGE
    }

    /** One series: for a counter {@code course} is its sum from the begin, for a gauge its value. */
    @SuppressWarnings("ArrayRecordComponent") // a column of thousands
    record Course(Kind kind, double quantum, double[] course) {}

    private final Course[] courses = new Course[SERIES];

    Template(SplittableRandom random) {
        double[] activity = activity(random);
        Kind[] kinds = kinds(random);
        for (int i = 0; i < SERIES; i++) {
            courses[i] = switch (kinds[i]) {
                case CONSTANT -> new Course(Kind.CONSTANT, 1, new double[] {constant(random)});
                case COUNTER, FLOAT_COUNTER -> counter(kinds[i], activity, random);
                case GAUGE, FLOAT_GAUGE -> gauge(kinds[i], activity, random);
            };
        }
    }

    Course course(int series) {
        return courses[series];
    }

    private static Kind[] kinds(SplittableRandom random) {
        var kinds = new Kind[SERIES];
        for (int i = 0; i < SERIES; i++) {
            int gauges = CONSTANTS + WHOLE_COUNTERS + FLOAT_COUNTERS;
            kinds[i] = i < CONSTANTS
                    ? Kind.CONSTANT
                    : i < CONSTANTS + WHOLE_COUNTERS
                            ? Kind.COUNTER
                            : i < gauges
                                    ? Kind.FLOAT_COUNTER
                                    : i < gauges + WHOLE_GAUGES ? Kind.GAUGE : Kind.FLOAT_GAUGE;
        }
        for (int i = SERIES - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Kind kind = kinds[i];
            kinds[i] = kinds[other];
            kinds[other] = kind;
        }
        return kinds;
    }

    /** How busy the host is at each step. */
    private static double[] activity(SplittableRandom random) {
        var activity = new double[STEPS];
        double level = 0;
        for (int t = 0; t < STEPS; t++) {
            level = 0.9 * level + 0.4 * random.nextGaussian();
            activity[t] = Math.exp(level);
        }
        return activity;
    }

    private static double constant(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> 0;
            case 2, 3 -> 1;
            case 4 -> random.nextInt(1 << 16);
            default -> random.nextLong(1L << 40);
        };
    }

    private static Course counter(Kind kind, double[] activity, SplittableRandom random) {
        double rate = Math.pow(10, random.nextDouble(-2, 4.5));
        double quantum = QUANTA[random.nextInt(QUANTA.length)];
        var sum = new double[STEPS];
        for (int t = 1; t < STEPS; t++) {
            double more = rate * activity[t] * random.nextDouble(0.5, 1.5);
            if (kind == Kind.COUNTER) {
                double quanta = Math.floor(more / quantum + random.nextDouble());
                more = quanta * quantum;
            }
            sum[t] = sum[t - 1] + more;
        }
        return new Course(kind, quantum, sum);
    }

    private static Course gauge(Kind kind, double[] activity, SplittableRandom random) {
        double level = Math.pow(10, random.nextDouble(0, kind == Kind.GAUGE ? 9 : 2));
        double quantum = level > 1e5 ? QUANTA[3 + random.nextInt(4)] : level > 100 ? 1 : 0.01;
        double changes = random.nextDouble(0.05, 1);
        var value = new double[STEPS];
        double now = level;
        for (int t = 0; t < STEPS; t++) {
            if (t == 0 || random.nextDouble() < changes) {
                now = level * (0.7 + 0.1 * activity[t] + 0.1 * random.nextGaussian());
            }
            value[t] = kind == Kind.GAUGE ? quantised(now, quantum) : now;
        }
        return new Course(kind, quantum, value);
    }

    /** The nearest multiple; of a hundredth exactly as a division gives it, which is what exporters print. */
    static double quantised(double value, double quantum) {
        return quantum == 0.01 ? Math.rint(value * 100) / 100 : Math.rint(value / quantum) * quantum;
    }
}
