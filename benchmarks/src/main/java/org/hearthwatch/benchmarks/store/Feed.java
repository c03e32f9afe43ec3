package org.hearthwatch.benchmarks.store;

import java.io.IOException;

/** Sends the dataset to a server by remote write: one connection, ten samples of each series of a host in a request. */
public final class Feed {

    private static final int ROUNDS_PER_REQUEST = 10;

    private Feed() {}

    /** What the sending came to; the server's processor time and disk writes are of the sending alone. */
    public record Outcome(long samples, double samplesPerSecond, double cpuNanosPerSample) {}

    /** What is sent besides, as often as the hosts' scrapes, so that time passes for all series alike. */
    @FunctionalInterface
    public interface Company {
        void send(int round, int rounds) throws IOException, InterruptedException;
    }

    public static Outcome send(Server server, int hosts, long start, int rounds)
            throws IOException, InterruptedException {
        return send(server, hosts, start, rounds, (round, count) -> {});
    }

    /** As before, with company. */
    public static Outcome send(Server server, int hosts, long start, int rounds, Company company)
            throws IOException, InterruptedException {
        var data = new Dataset(StoreProcess.SEED, hosts, start, rounds);
        var requests = new WriteRequest[hosts];
        for (int host = 0; host < hosts; host++) {
            requests[host] = new WriteRequest(data.host(host).identities());
        }
        var snappy = new Snappy();
        long samples = 0;
        long waited = 0;
        double cpu = Proc.cpuSeconds(server.pid());
        for (int round = 0; round < rounds; round += ROUNDS_PER_REQUEST) {
            int count = Math.min(ROUNDS_PER_REQUEST, rounds - round);
            company.send(round, count);
            for (int host = 0; host < hosts; host++) {
                var times = new long[count];
                var values = new double[count][Template.SERIES];
                for (int i = 0; i < count; i++) {
                    data.host(host).next();
                    times[i] = data.host(host).time();
                    for (int series = 0; series < Template.SERIES; series++) {
                        values[i][series] = data.host(host).value(series);
                    }
                }
                byte[] encoded = requests[host].encode(times, values);
                byte[] compressed = snappy.compress(encoded, requests[host].size());
                long began = System.nanoTime();
                if (server.write(compressed) == 404) {
                    return new Outcome(0, Double.NaN, Double.NaN);
                }
                waited += System.nanoTime() - began;
                samples += (long) count * Template.SERIES;
            }
        }
        double nanos = (Proc.cpuSeconds(server.pid()) - cpu) * 1e9;
        // Making the data up and packing it is not the server's time.
        return new Outcome(samples, samples / (waited / 1e9), nanos / samples);
    }
}
