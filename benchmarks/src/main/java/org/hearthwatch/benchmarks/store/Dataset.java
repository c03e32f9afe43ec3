package org.hearthwatch.benchmarks.store;

import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;

/**
 * Scrapes of hosts that each walk through the {@link Template} at random: counters grow by what the template's grew in
 * fifteen seconds, times the host's load and the hour's; gauges are taken from it with a jitter of 0.2 %; full-precision
 * numbers get fresh digits; quanta are kept. Four hosts start anew at some time. One host's series share their times;
 * 2 % of the scrapes are late by up to 20 ms. The same seed gives the same data.
 */
final class Dataset {

    static final int INTERVAL = 15_000;

    private static final int WINDOW = 15;
    private static final int RESTARTING = 4;
    private static final long DAY = 86_400_000;

    private final long start;
    private final Host[] hosts;
    private final Template template;
    private final String[] names = new String[Template.SERIES];
    private final String[] devices = new String[Template.SERIES];
    private final String[] numbers = new String[Template.SERIES];

    /**
     * A dataset.
     *
     * @param start the first round's time in milliseconds
     * @param rounds in how many of them the four hosts start anew
     */
    Dataset(long seed, int hosts, long start, int rounds) {
        var random = new SplittableRandom(seed);
        this.start = start;
        this.template = new Template(random.split());
        for (int i = 0; i < Template.SERIES; i++) {
            Template.Kind kind = template.course(i).kind();
            boolean counter = kind == Template.Kind.COUNTER || kind == Template.Kind.FLOAT_COUNTER;
            // One instance of each text, as the store keeps them: it holds such labels as they are.
            names[i] = ("node_subsystem" + i / 4 + "_figure" + (counter ? "_total" : "_bytes")).intern();
            devices[i] = ("device" + i % 4).intern();
            numbers[i] = Integer.toString(i);
        }
        this.hosts = new Host[hosts];
        for (int i = 0; i < hosts; i++) {
            this.hosts[i] = new Host(i, i < RESTARTING ? 1 + random.nextInt(Math.max(1, rounds)) : -1, random.split());
        }
    }

    int hosts() {
        return hosts.length;
    }

    Host host(int number) {
        return hosts[number];
    }

    /** One host's series and their newest values. */
    final class Host {

        private final SplittableRandom random;
        private final int restart;
        private final int offset;
        private final double load;
        private final Labels[] labels = new Labels[Template.SERIES];
        private final double[] values = new double[Template.SERIES];
        private final double[] sums = new double[Template.SERIES];
        private int place;
        private int round;
        private long time;

        Host(int number, int restart, SplittableRandom random) {
            this.random = random;
            this.restart = restart;
            this.offset = random.nextInt(INTERVAL - 100);
            this.load = random.nextDouble(0.3, 3);
            this.place = random.nextInt(Template.STEPS - WINDOW);
            String instance = "host-" + number + ".example:9100";
            for (int i = 0; i < labels.length; i++) {
                labels[i] = identity(instance, i);
                if (template.course(i).kind() == Template.Kind.CONSTANT) {
                    values[i] = template.course(i).course()[0];
                }
                sums[i] = template.course(i).course()[0]
                        + random.nextInt(1_000_000) * template.course(i).quantum();
            }
        }

        /** Goes to the next scrape. */
        void next() {
            time = start + (long) round * INTERVAL + offset;
            if (random.nextInt(50) == 0) {
                time += 1 + random.nextInt(20);
            }
            place = Math.max(0, Math.min(Template.STEPS - WINDOW - 1, place + random.nextInt(-9, 10)));
            double busy = load * (1 + 0.5 * Math.sin(2 * Math.PI * (time % DAY) / DAY));
            for (int i = 0; i < values.length; i++) {
                Template.Course course = template.course(i);
                double[] steps = course.course();
                switch (course.kind()) {
                    case CONSTANT -> {
                        // As it was.
                    }
                    case COUNTER, FLOAT_COUNTER -> {
                        double more = (steps[place + WINDOW] - steps[place]) * busy;
                        if (course.kind() == Template.Kind.FLOAT_COUNTER) {
                            more *= 1 + 1e-3 * random.nextDouble();
                            values[i] = sums[i] = (round == restart ? 0 : sums[i]) + more;
                        } else {
                            sums[i] = (round == restart ? 0 : sums[i]) + Template.quantised(more, course.quantum());
                            values[i] = Template.quantised(sums[i], course.quantum());
                        }
                    }
                    case GAUGE ->
                        values[i] = Template.quantised(
                                steps[place] * (1 + 0.002 * random.nextGaussian()), course.quantum());
                    case FLOAT_GAUGE -> values[i] = steps[place] * (1 + 1e-3 * random.nextDouble());
                }
            }
            round++;
        }

        long time() {
            return time;
        }

        double value(int series) {
            return values[series];
        }

        Labels labels(int series) {
            return labels[series];
        }

        List<Labels> identities() {
            return List.of(labels);
        }
    }

    /** Hosts share all texts but their names, so that very many of them leave the store its memory. */
    private Labels identity(String instance, int series) {
        return Labels.of(
                Labels.NAME,
                names[series],
                "device",
                devices[series],
                "instance",
                instance,
                "job",
                "node",
                "mid",
                numbers[series]);
    }
}
