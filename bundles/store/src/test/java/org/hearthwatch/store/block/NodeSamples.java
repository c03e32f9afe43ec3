package org.hearthwatch.store.block;

import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;

/**
 * Series as a host's exporter gives them, from a seed: of 586 a host 386 are constant, 77 counters, 123 gauges, and 65 of
 * the varying ones full-precision floats; 15 s apart, one time per host and round, with 2 % of rounds late by 1 to 20 ms.
 */
final class NodeSamples {

    static final int PER_HOST = 586;

    private static final int CONSTANT = 386;
    private static final int COUNTERS = 77;
    private static final int FLOATS = 65;
    private static final long PACE = 15_000;

    private final long seed;
    private final int rounds;
    private final long start;

    NodeSamples(long seed, int rounds, long start) {
        this.seed = seed;
        this.rounds = rounds;
        this.start = start;
    }

    static Labels labels(int host, int index) {
        return Labels.of(
                "__name__",
                "node_metric_" + index / 4 + "_total",
                "instance",
                "host-" + host + ":9100",
                "job",
                "node",
                "cpu",
                Integer.toString(index % 4));
    }

    void fill(int host, int index, SampleBuffer into) {
        into.clear();
        var times = new SplittableRandom(seed * 31 + host);
        var random = new SplittableRandom((seed * 31 + host) * 1000 + index);
        long offset = times.nextLong(PACE);
        double level = Math.pow(10, random.nextInt(9));
        double value = Math.floor(level * random.nextDouble() * 10);
        int kind = index - CONSTANT;
        boolean counter = kind < COUNTERS;
        boolean full = kind >= PER_HOST - CONSTANT - FLOATS;
        double quantum = random.nextInt(3) == 0 ? 0.01 : 1;
        double moves = random.nextInt(3) == 0 ? 0.1 : 0.8;
        for (int i = 0; i < rounds; i++) {
            long late = times.nextInt(50) == 0 ? 1 + times.nextInt(20) : 0;
            if (kind >= 0 && random.nextDouble() < moves) {
                double load = 1 + 0.5 * Math.sin(i * 2 * Math.PI / 5760) + 0.3 * random.nextDouble();
                if (full) {
                    value = level * load * (1 + 1e-3 * random.nextDouble()) * (0.5 + random.nextDouble());
                } else if (counter) {
                    value += Math.rint(load * level / 100 / quantum) * quantum + random.nextInt(3);
                    value = Math.rint(value / quantum) / Math.rint(1 / quantum);
                } else {
                    double jittered = level * load * (1 + 0.002 * (random.nextDouble() - 0.5));
                    value = Math.rint(jittered / quantum) / Math.rint(1 / quantum);
                }
            }
            into.add(start + offset + i * PACE + late, value);
        }
    }
}
