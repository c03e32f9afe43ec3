import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Measures the assembled appliance from outside, as its owner would notice it: how soon it works after a first and a
 * second start, what it costs while idle, how soon a dropped plugin delivers, and how fast it serves 10 000 series beside
 * a real Prometheus serving the same series by federation.
 *
 * <p>Run it by {@code benchmarks/run appliance [--minutes N] [--prometheus PATH] [--starts N]}; it needs a built assembly
 * and no library. Nothing is asserted: figures and ratios are printed, the budgets beside them.
 */
public final class Appliance {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final int SERIES = 10_000;

    private final Path root;
    private final Path work;
    private final Map<String, String> options;

    private Appliance(Path root, Path work, Map<String, String> options) {
        this.root = root;
        this.work = work;
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new TreeMap<>(Map.of(
                "minutes", "10", "prometheus", "/usr/bin/prometheus", "starts", "3", "only", "start,idle,deploy,metrics"));
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (!args[i].startsWith("--") || !options.containsKey(args[i].substring(2))) {
                System.err.println("benchmarks/run appliance: unknown option " + args[i] + "; there are --"
                        + String.join(", --", options.keySet()));
                System.exit(2);
            }
            options.put(args[i].substring(2), args[i + 1]);
        }
        Path root = Path.of("").toAbsolutePath();
        Path work = Files.createTempDirectory("hearthwatch-benchmark-");
        var benchmark = new Appliance(root, work, options);
        try {
            if (options.get("only").contains("start")) {
                benchmark.starts();
            }
            if (options.get("only").contains("idle")) {
                benchmark.idle();
            }
            if (options.get("only").contains("deploy")) {
                benchmark.hotDeploy();
            }
            if (options.get("only").contains("metrics")) {
                benchmark.metrics();
            }
        } finally {
            delete(work);
        }
    }

    private void starts() throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(options.get("starts")); i++) {
            Path home = work.resolve("start-" + i);
            first.add(startToFirstSample(home));
            second.add(startToFirstSample(home));
        }
        print("first start to first sample stored", median(first), "s", "<= 10");
        print("second start to first sample stored", median(second), "s", "<= 5");
    }

    /** Starts, waits until a sample taken after the start is served, stops. */
    private double startToFirstSample(Path home) throws Exception {
        double wall = System.currentTimeMillis() / 1000.0;
        long began = System.nanoTime();
        try (Running running = start(home)) {
            await("a fresh sample", () -> running.sample("node_time_seconds") > wall);
            return seconds(began);
        }
    }

    private void idle() throws Exception {
        int minutes = Integer.parseInt(options.get("minutes"));
        try (Running running = start(work.resolve("idle"))) {
            await("a sample", () -> running.sample("node_time_seconds") > 0);
            long pid = running.pid();
            // The first minute belongs to the start: class loading and compilation.
            TimeUnit.SECONDS.sleep(60);
            double cpu = cpuSeconds(pid);
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(Math.max(1, minutes - 1) * 60L);
            print("idle CPU, host collector at 15 s", 100 * (cpuSeconds(pid) - cpu) / seconds(began), "% of a core", "<= 1.5");
            print("RSS after " + minutes + " minutes", residentMegabytes(pid), "MB", "<= 300");
        }
    }

    private void hotDeploy() throws Exception {
        Path jar;
        try (var files = Files.list(root.resolve("examples/plugin-filecount/target"))) {
            jar = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.toString().contains("sources"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("examples/plugin-filecount is not built: mvn package"));
        }
        Path spool = Files.createDirectories(work.resolve("spool"));
        Files.writeString(spool.resolve("one"), "1");
        Path home = work.resolve("deploy");
        try (Running running = start(home)) {
            Files.writeString(
                    home.resolve("etc/org.hearthwatch.collector.filecount-spool.cfg"), "directory = " + spool + "\n");
            drop(jar, home);
            String digest = sha256(jar);
            await("the quarantined plugin", () -> running.command("plugin-list", "--json").contains(digest));
            long began = System.nanoTime();
            running.command("plugin-approve", digest);
            await("the plugin's sample", () -> running.sample("directory_files") > 0);
            print("approval to first sample", seconds(began), "s", "<= 2");

            List<Double> again = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Files.delete(home.resolve("deploy").resolve(jar.getFileName()));
                await("the plugin's end", () -> Double.isNaN(running.sample("directory_files")));
                began = System.nanoTime();
                drop(jar, home);
                await("the plugin's sample", () -> running.sample("directory_files") > 0);
                again.add(seconds(began));
            }
            print("hot deploy of an approved plugin to first sample", median(again), "s", "<= 2");
        }
    }

    private void metrics() throws Exception {
        Path texts = Files.createDirectories(work.resolve("textfile"));
        // A text file may hold 5 000 samples.
        for (int file = 0; file < 4; file++) {
            var text = new StringBuilder("# HELP bench_value A value of the benchmark.\n# TYPE bench_value gauge\n");
            for (int i = file * SERIES / 4; i < (file + 1) * SERIES / 4; i++) {
                text.append(String.format(
                        Locale.ROOT, "bench_value{shelf=\"%d\",item=\"%d\"} %d.5%n", i / 100, i, i * 7919 % 10_007));
            }
            Files.writeString(texts.resolve("bench-" + file + ".prom"), text);
        }
        Path home = work.resolve("metrics");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(
                home.resolve("etc/org.hearthwatch.collector.host.cfg"), "textfileDirectories = " + texts + "\n");
        try (Running running = start(home)) {
            await("10 000 series", () -> count(running.metrics(), "bench_value{") == SERIES);
            try (Peer peer = prometheus(running)) {
                URI federate = URI.create(peer.address + "/federate?match%5B%5D=%7B__name__%3D~%22.%2B%22%7D");
                await("Prometheus to have scraped them", () -> count(get(federate), "bench_value{") == SERIES);
                List<Double> ours = new ArrayList<>();
                List<Double> theirs = new ArrayList<>();
                URI exposition = URI.create(running.address + "/metrics");
                for (int i = 0; i < 60; i++) {
                    double our = timed(exposition);
                    double their = timed(federate);
                    if (i >= 20) {
                        ours.add(our);
                        theirs.add(their);
                    }
                }
                print("/metrics, 10 000 series and the host's", 1000 * median(ours), "ms", "<= 60");
                print("Prometheus /federate, the same series", 1000 * median(theirs), "ms", "");
                print("ratio", median(ours) / median(theirs), "", "<= 2");
            }
        }
    }

    private Peer prometheus(Running running) throws Exception {
        Path binary = Path.of(options.get("prometheus"));
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException("No Prometheus at " + binary + "; install Debian's prometheus or say --prometheus PATH");
        }
        Path home = Files.createDirectories(work.resolve("prometheus"));
        Path config = home.resolve("prometheus.yml");
        Files.writeString(config, "scrape_configs:\n  - job_name: hearthwatch\n    scrape_interval: 1s\n    static_configs:\n      - targets: ['"
                + running.address.getAuthority() + "']\n");
        int port;
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(binary.toString(), "--config.file=" + config,
                        "--storage.tsdb.path=" + home.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        return new Peer(process, "http://127.0.0.1:" + port);
    }

    private Running start(Path home) throws Exception {
        Process script = new ProcessBuilder(
                        root.resolve("hearthwatch").toString(), "--home", home.toString(), "--port", "0", "run")
                .redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(home).resolve("console.txt").toFile())
                .start();
        var address = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/");
        for (long began = System.nanoTime(); seconds(began) < 60; TimeUnit.MILLISECONDS.sleep(10)) {
            var matcher = address.matcher(Files.readString(home.resolve("console.txt")));
            if (matcher.find()) {
                return new Running(script, home, URI.create(matcher.group(1)));
            }
            if (!script.isAlive()) {
                break;
            }
        }
        script.destroy();
        throw new IllegalStateException("Did not start: " + Files.readString(home.resolve("console.txt")));
    }

    private final class Running implements AutoCloseable {
        final Process script;
        final Path home;
        final URI address;

        Running(Process script, Path home, URI address) {
            this.script = script;
            this.home = home;
            this.address = address;
        }

        String metrics() {
            return get(URI.create(address + "/metrics"));
        }

        /** The value of the first series of a metric, NaN where there is none. */
        double sample(String metric) {
            var line = Pattern.compile("(?m)^" + metric + "(?:\\{.*})? (\\S+)").matcher(metrics());
            return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
        }

        long pid() throws IOException {
            return Long.parseLong(Files.readString(home.resolve("state/run/process")).split(" ")[0]);
        }

        String command(String... words) {
            try {
                List<String> line = new ArrayList<>(List.of(root.resolve("hearthwatch").toString(), "--home", home.toString()));
                line.addAll(List.of(words));
                Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
                return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws Exception {
            script.destroy();
            script.waitFor();
        }
    }

    private record Peer(Process process, String address) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor();
        }
    }

    /** Whole time of a request with gzip, as Prometheus asks, until the last byte; unzipping is not part of it. */
    private static double timed(URI uri) throws Exception {
        var request = HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip").build();
        long began = System.nanoTime();
        HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return seconds(began);
    }

    private static String get(URI uri) {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (long began = System.nanoTime(); !condition.getAsBoolean(); TimeUnit.MILLISECONDS.sleep(10)) {
            if (seconds(began) > 60) {
                throw new IllegalStateException("Waited a minute for " + what);
            }
        }
    }

    private static void drop(Path jar, Path home) throws IOException {
        Path hidden = home.resolve("state").resolve(jar.getFileName());
        Files.copy(jar, hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.move(hidden, home.resolve("deploy").resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static long count(String text, String prefix) {
        return text.lines().filter(line -> line.startsWith(prefix)).count();
    }

    private static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static double residentMegabytes(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.naturalOrder());
        return sorted.get(sorted.size() / 2);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void print(String what, double value, String unit, String budget) {
        System.out.printf(Locale.ROOT, "%-52s %10.2f %-12s %s%n", what, value, unit, budget.isEmpty() ? "" : "(budget " + budget + ")");
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
