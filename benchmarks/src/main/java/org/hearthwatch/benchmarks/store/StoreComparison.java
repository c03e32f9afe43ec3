package org.hearthwatch.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hearthwatch.benchmarks.Benchmark;
import org.hearthwatch.benchmarks.Measurements;

/**
 * The store beside Prometheus and VictoriaMetrics: the same scrapes of 17 hosts, a day of them, to each; then what they
 * take of disk, processor and memory, how soon they are back after being killed, and how soon they answer.
 */
public final class StoreComparison implements Benchmark {

    private static final int INTERVAL_SECONDS = Dataset.INTERVAL / 1000;
    private static final Set<String> PARTS = Set.of("store", "peers", "appliance", "large");
    private static final int ASKED = 11;
    private static final int WARM_UP = 3;

    @Override
    public String summary() {
        return "[--prometheus PATH] [--victoria PATH] [--hosts N] [--hours N] [--only store,peers,appliance,large]"
                + " [--folder DIR]: the store beside Prometheus and VictoriaMetrics on the same data";
    }

    /** What was asked for. */
    private record Plan(
            Optional<Path> prometheus, Optional<Path> victoria, int hosts, int hours, String only, Path folder) {

        int rounds() {
            return hours * 3600 / INTERVAL_SECONDS;
        }

        /** So that the data ends with the last full day, and fills whole blocks of a day when it is as long. */
        long start() {
            return Instant.now().truncatedTo(ChronoUnit.DAYS).toEpochMilli() - hours * 3_600_000L;
        }

        long end() {
            return start() + hours * 3_600_000L;
        }

        /** By how many hours its first samples are older than now, at any time of the day. */
        int oldest() {
            return hours + 48;
        }

        boolean wants(String part) {
            return List.of(only.split(",")).contains(part);
        }
    }

    /** The servers that are compared, as far as they are there. */
    private record Servers(Optional<Server> ours, Optional<Server> prometheus, Optional<Server> victoria) {}

    /** What one server's feeding and settling came to. */
    private record Fed(
            Feed.Outcome feed,
            double written,
            double resident,
            double settled,
            double asCut,
            double recovery,
            double recoveryCpu) {

        static final Fed NONE = new Fed(
                new Feed.Outcome(0, Double.NaN, Double.NaN),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    @Override
    public boolean run(List<String> arguments, PrintStream out) throws Exception {
        Plan plan = plan(arguments);
        out.printf(
                Locale.ROOT,
                "%d hosts of %d series, every %d s for %d h: %,d samples%n%n",
                plan.hosts(),
                Template.SERIES,
                INTERVAL_SECONDS,
                plan.hours(),
                (long) plan.hosts() * Template.SERIES * plan.rounds());
        Files.createDirectories(plan.folder());
        try {
            return measure(plan, out);
        } finally {
            Proc.removeAll(plan.folder());
        }
    }

    private static Plan plan(List<String> arguments) throws UsageException {
        Map<String, String> options = new TreeMap<>(Map.of(
                "--prometheus",
                "",
                "--victoria",
                "",
                "--hosts",
                "17",
                "--hours",
                "24",
                "--only",
                "store,peers,appliance,large",
                "--folder",
                ""));
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!options.containsKey(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new UsageException("store takes " + String.join(", ", options.keySet())
                        + ", each with a value; not " + arguments.get(i));
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        for (String part : options.getOrDefault("--only", "").split(",", -1)) {
            if (!PARTS.contains(part)) {
                throw new UsageException("--only takes some of " + PARTS + ", not " + part);
            }
        }
        try {
            String folder = options.getOrDefault("--folder", "");
            return new Plan(
                    binary(options.getOrDefault("--prometheus", "")),
                    binary(options.getOrDefault("--victoria", "")),
                    number(options, "--hosts"),
                    number(options, "--hours"),
                    options.getOrDefault("--only", ""),
                    folder.isEmpty()
                            ? Files.createTempDirectory("hearthwatch-store-benchmark")
                            : Files.createDirectory(Path.of(folder)));
        } catch (IOException e) {
            throw new UsageException("--folder: " + e);
        }
    }

    private static int number(Map<String, String> options, String name) throws UsageException {
        String text = options.getOrDefault(name, "");
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw new UsageException(name + " takes a whole number, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Optional<Path> binary(String path) throws UsageException {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(path))) {
            throw new UsageException("There is no program at " + path);
        }
        return Optional.of(Path.of(path));
    }

    private boolean measure(Plan plan, PrintStream out) throws Exception {
        Optional<Server> prometheus = Optional.empty();
        Optional<Server> victoria = Optional.empty();
        Optional<Appliance> appliance = Optional.empty();
        try {
            Fed fromPrometheus = Fed.NONE;
            Fed fromVictoria = Fed.NONE;
            if (plan.wants("peers")) {
                if (plan.prometheus().isPresent()) {
                    prometheus = Optional.of(Server.prometheus(
                            plan.prometheus().get(), plan.folder().resolve("prometheus")));
                    fromPrometheus = feed(prometheus.get(), plan, true);
                }
                if (plan.victoria().isPresent()) {
                    victoria = Optional.of(
                            Server.victoria(plan.victoria().get(), plan.folder().resolve("victoria")));
                    fromVictoria = feed(victoria.get(), plan, false);
                }
            }
            var bars = new Bars(out);
            if (plan.wants("store")) {
                store(plan, Child.layout(plan.folder()), bars, fromPrometheus, fromVictoria);
            }
            if (plan.wants("appliance")) {
                appliance = Appliance.start(plan.folder().resolve("home"), plan.oldest(), out);
                if (appliance.isPresent()) {
                    Server ours = appliance.get().server();
                    throughHttp(plan, bars, ours, fromPrometheus, fromVictoria);
                    queries(plan, bars, new Servers(Optional.of(ours), prometheus, victoria));
                }
            } else if (prometheus.isPresent()) {
                queries(plan, bars, new Servers(Optional.empty(), prometheus, victoria));
            }
            if (plan.wants("large")) {
                large(plan, Child.layout(plan.folder()), bars);
            }
            return bars.met();
        } finally {
            for (AutoCloseable each : List.of(prometheus, victoria, appliance).stream()
                    .flatMap(Optional::stream)
                    .map(AutoCloseable.class::cast)
                    .toList()) {
                each.close();
            }
        }
    }

    private static Fed feed(Server server, Plan plan, boolean hasBlocks) throws Exception {
        long written = Proc.writtenBytes(server.pid());
        Feed.Outcome outcome = Feed.send(server, plan.hosts(), plan.start(), plan.rounds());
        server.settle(Duration.ofSeconds(hasBlocks ? 15 : 8), Duration.ofMinutes(3));
        double writtenPerSample = (Proc.writtenBytes(server.pid()) - written) / (double) outcome.samples();
        double resident = Proc.mostResidentMegabytes(server.pid());
        double settled =
                hasBlocks ? server.blocks(false).perSample() : Proc.size(server.data()) / (double) outcome.samples();
        double asCut = hasBlocks ? server.blocks(true).perSample() : Double.NaN;
        server.kill();
        double recovery = server.start();
        double recoveryCpu = Proc.cpuSeconds(server.pid()) * 1e3;
        return new Fed(outcome, writtenPerSample, resident, settled, asCut, recovery, recoveryCpu);
    }

    /** The engine alone, called in its own process: ingest without HTTP and protobuf flatters it. */
    private void store(Plan plan, Path layout, Bars bars, Fed prometheus, Fed victoria) throws Exception {
        Path folder = plan.folder().resolve("store");
        String start = Long.toString(plan.start());
        String rounds = Integer.toString(plan.rounds());
        try (var child = Child.start(layout, folder, start, Integer.toString(plan.hosts()), rounds, "0")) {
            long written = Proc.writtenBytes(child.pid());
            child.tell("feed");
            bars.figure(
                    "engine: CPU per sample, ns",
                    child.figure("cpuNanosPerSample"),
                    prometheus.feed().cpuNanosPerSample(),
                    victoria.feed().cpuNanosPerSample());
            bars.figure(
                    "engine: durable ingest, samples/s",
                    child.figure("samplesPerSecond"),
                    prometheus.feed().samplesPerSecond(),
                    victoria.feed().samplesPerSecond());
            bars.absolute("engine: live heap at the end of the feed, MB", child.figure("heapMegabytes"), 40, 20);
            child.tell("rest").tell("reads").tell("settle");
            double samples = child.figure("fed");
            bars.ratio(
                    "B/sample, settled, all in",
                    child.figure("settledPerSample"),
                    prometheus.settled(),
                    victoria.settled(),
                    0.75,
                    0.62);
            bars.ratio("B/sample as cut", child.figure("cutPerSample"), prometheus.asCut(), Double.NaN, 1.05, 0.95);
            bars.ratio(
                    "B/sample written to disk: log, cut, merges",
                    (Proc.writtenBytes(child.pid()) - written) / samples,
                    prometheus.written(),
                    victoria.written(),
                    0.9,
                    0.55);
            bars.ratio(
                    "RSS at most, MB, engine alone",
                    Proc.mostResidentMegabytes(child.pid()),
                    prometheus.resident(),
                    victoria.resident(),
                    1.5,
                    1.2);
            bars.figure("engine: q1 newest of all, read only, ms", child.figure("q1"), Double.NaN, Double.NaN);
            bars.figure("engine: q2 one series, 24 h, read only, ms", child.figure("q2"), Double.NaN, Double.NaN);
            bars.figure("engine: q3 6 series a host, 6 h, read only, ms", child.figure("q3"), Double.NaN, Double.NaN);
            bars.figure("engine: q4 all, 1 h, read only, ms", child.figure("q4"), Double.NaN, Double.NaN);
            child.tell("age");
            bars.absolute("retention of all there is, ms", child.figure("retentionMillis"), 100, Double.NaN);
            told(bars, "longest of the background's steps after it, ms", child.figure("afterRetention"));
            bars.absolute("part of the disk still taken after it", 1 - child.figure("freedPart"), 0.5, Double.NaN);
        }
        Path killed = plan.folder().resolve("killed");
        try (var child = Child.start(layout, killed, start, Integer.toString(plan.hosts()), rounds, "0")) {
            child.tell("feed").tell("rest").kill();
        }
        try (var child = Child.start(layout, killed, Long.toString(plan.end()))) {
            bars.ratio(
                    "ready after kill -9, ms",
                    child.figure("openMillis"),
                    prometheus.recovery(),
                    victoria.recovery(),
                    1,
                    0.5);
            bars.figure(
                    "CPU of that, ms", child.figure("openCpuMillis"), prometheus.recoveryCpu(), victoria.recoveryCpu());
        }
    }

    private static void throughHttp(Plan plan, Bars bars, Server ours, Fed prometheus, Fed victoria) throws Exception {
        Fed fed = feedAppliance(ours, plan);
        bars.ratio(
                "CPU per sample, remote write, ns",
                fed.feed().cpuNanosPerSample(),
                prometheus.feed().cpuNanosPerSample(),
                victoria.feed().cpuNanosPerSample(),
                0.7,
                0.4);
        bars.speed(
                "durable ingest, remote write, samples/s",
                fed.feed().samplesPerSecond(),
                prometheus.feed().samplesPerSecond(),
                victoria.feed().samplesPerSecond(),
                1.2,
                2);
        bars.ratio(
                "RSS of the appliance at most, MB",
                fed.resident(),
                prometheus.resident(),
                victoria.resident(),
                1.5,
                1.2);
    }

    private static Fed feedAppliance(Server ours, Plan plan) throws Exception {
        Feed.Outcome outcome = Feed.send(ours, plan.hosts(), plan.start(), plan.rounds());
        ours.settle(Duration.ofSeconds(8), Duration.ofMinutes(2));
        double resident = Proc.mostResidentMegabytes(ours.pid());
        return new Fed(outcome, Double.NaN, resident, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** In turns, so that a busy moment of the machine falls on all. */
    private static void queries(Plan plan, Bars bars, Servers servers) throws Exception {
        long end = plan.end() / 1000 - INTERVAL_SECONDS;
        String at = Long.toString(end);
        ask(
                bars,
                servers,
                "q1 newest of all, full JSON, ms",
                "/api/v1/query",
                Map.of("query", "{job=\"node\"}", "time", at),
                0.5,
                0.25);
        ask(
                bars,
                servers,
                "q2 one series, 24 h, raw, ms",
                "/api/v1/query",
                Map.of("query", "{mid=\"17\",instance=\"host-0.example:9100\"}[24h]", "time", at),
                1.2,
                0.8);
        ask(
                bars,
                servers,
                "q3 sum of 6 series a host, 6 h, step 60, ms",
                "/api/v1/query_range",
                Map.of(
                        "query",
                        "sum({mid=~\"1|2|3|4|5|6\"})",
                        "start",
                        Long.toString(end - 21_600),
                        "end",
                        at,
                        "step",
                        "60",
                        "nocache",
                        "1"),
                0.8,
                0.4);
        ask(
                bars,
                servers,
                "q4 sum of the rates of all over 1 h, ms",
                "/api/v1/query",
                Map.of("query", "sum(rate({job=\"node\"}[1h]))", "time", at),
                0.6,
                0.3);
    }

    private static void ask(
            Bars bars,
            Servers servers,
            String what,
            String path,
            Map<String, String> parameters,
            double must,
            double veryGood)
            throws Exception {
        var ours = new Measurements();
        var prometheus = new Measurements();
        var victoria = new Measurements();
        for (int i = -WARM_UP; i < ASKED; i++) {
            once(servers.ours(), path, parameters, i, ours);
            once(servers.prometheus(), path, parameters, i, prometheus);
            once(servers.victoria(), path, parameters, i, victoria);
        }
        bars.ratio(what, ours.median(), prometheus.median(), victoria.median(), must, veryGood);
    }

    private static void once(
            Optional<Server> server, String path, Map<String, String> parameters, int number, Measurements into)
            throws Exception {
        if (server.isPresent()) {
            double millis = server.get().query(path, parameters);
            if (number >= 0) {
                into.add(millis);
            }
        }
    }

    /**
     * 100 000 series, at a rate that leaves the background its time. The data begin in the fifth hour of a window of six, so
     * that memory is cut meanwhile and blocks are merged.
     */
    private static void large(Plan plan, Path layout, Bars bars) throws Exception {
        int hosts = 170;
        int rounds = 540;
        try (var child = Child.start(
                layout,
                plan.folder().resolve("large"),
                Long.toString(plan.start() + 5 * 3_600_000L),
                Integer.toString(hosts),
                Integer.toString(rounds),
                "400000")) {
            child.tell("feed");
            bars.absolute("engine: live heap with 100 000 series, MB", child.figure("heapMegabytes"), 160, 110);
            bars.absolute("append of a request while cutting, median, ms", child.figure("stallMedian"), 20, 5);
            bars.absolute("append of a request while cutting, 99.9 %, ms", child.figure("stall999"), 20, 10);
            bars.absolute("append of a request while cutting, most, ms", child.figure("stallMost"), 100, 20);
            bars.absolute("requests turned away because memory was full", child.figure("turnedAway"), 0, 0);
            told(bars, "of these appends, processor time, 99.9 %, ms", child.figure("own999"));
            told(bars, "of these appends, processor time, most, ms", child.figure("ownMost"));
            told(bars, "an idle thread meanwhile, late by, 99.9 %, ms", child.figure("idle999"));
            told(bars, "an idle thread meanwhile, late by, most, ms", child.figure("idleMost"));
            told(bars, "garbage collections meanwhile", child.figure("pauses"));
            told(bars, "garbage collections meanwhile, all together, ms", child.figure("pauseMillis"));
            told(bars, "cuts and merges meanwhile", child.figure("tended"));
            child.tell("lag");
            bars.absolute("engine: live heap when cutting lags, MB", child.figure("laggingMegabytes"), 160, 110);
        }
    }

    private static void told(Bars bars, String what, double ours) {
        bars.figure(what, ours, Double.NaN, Double.NaN);
    }
}
