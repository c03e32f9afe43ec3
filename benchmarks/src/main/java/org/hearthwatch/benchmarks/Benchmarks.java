package org.hearthwatch.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.benchmarks.alert.AlertBenchmark;
import org.hearthwatch.benchmarks.query.QueryComparison;
import org.hearthwatch.benchmarks.store.StoreComparison;

/** Runs the benchmark that the first word names. A new benchmark is a class and a line here. */
public final class Benchmarks {

    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.of(
            "alert",
            new AlertBenchmark(),
            "collector-host",
            new HostBenchmark(),
            "query",
            new QueryComparison(),
            "store",
            new StoreComparison()));

    private static final int MISSED = 1;
    private static final int USAGE = 2;

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (benchmark == null) {
            System.out.println("Benchmarks:");
            ALL.forEach((name, each) -> System.out.println("  " + name + "  " + each.summary()));
            System.exit(arguments.length == 0 ? 0 : USAGE);
            return;
        }
        try {
            boolean met = benchmark.run(List.of(arguments).subList(1, arguments.length), System.out);
            System.exit(met ? 0 : MISSED);
        } catch (Benchmark.UsageException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
        }
    }
}
