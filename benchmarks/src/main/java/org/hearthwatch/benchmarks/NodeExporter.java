package org.hearthwatch.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real node_exporter on a free port of this machine, running the collectors that ours has too. */
final class NodeExporter implements AutoCloseable {

    private static final List<String> COLLECTORS = List.of(
            "cpu",
            "cpufreq",
            "stat",
            "loadavg",
            "pressure",
            "meminfo",
            "vmstat",
            "diskstats",
            "filesystem",
            "netdev",
            "netclass",
            "netstat",
            "sockstat",
            "softnet",
            "arp",
            "conntrack",
            "hwmon",
            "thermal_zone",
            "dmi",
            "time",
            "timex",
            "uname",
            "os",
            "entropy",
            "filefd",
            "processes",
            "systemd",
            "textfile");
    private static final Pattern LISTENING = Pattern.compile("address=(127\\.0\\.0\\.1:[1-9][0-9]*)");
    private static final double NANOS_PER_MILLI = 1e6;

    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    /** @throws IOException with its own words if it does not start */
    NodeExporter(String binary) throws IOException, InterruptedException {
        log = Files.createTempFile("node-exporter", ".log");
        var command = new ArrayList<>(List.of(
                binary, "--web.listen-address=127.0.0.1:0", "--collector.disable-defaults", "--collector.cpu.info"));
        COLLECTORS.forEach(name -> command.add("--collector." + name));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        request = HttpRequest.newBuilder(URI.create("http://" + address() + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private String address() throws IOException, InterruptedException {
        for (int i = 0; i < 100 && process.isAlive(); i++) {
            Matcher matcher = LISTENING.matcher(Files.readString(log));
            if (matcher.find()) {
                return matcher.group(1);
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        String said = Files.readString(log);
        close();
        throw new IOException("node_exporter does not start: " + said);
    }

    /** Its whole answer. */
    String scrape() throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    /** The processor time it used so far, in milliseconds: exact where the kernel keeps it per thread, else in ticks. */
    double cpuMillis() throws IOException {
        File[] threads = new File("/proc/" + process.pid() + "/task").listFiles();
        double nanos = 0;
        for (File thread : threads == null ? new File[0] : threads) {
            Path schedstat = thread.toPath().resolve("schedstat");
            if (!Files.exists(schedstat)) {
                return tickMillis();
            }
            String[] fields = Files.readString(schedstat).trim().split(" ", -1);
            nanos += Double.parseDouble(fields[0]);
        }
        return nanos / NANOS_PER_MILLI;
    }

    private double tickMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Arrays.stream(fields, 11, 13).mapToDouble(Double::parseDouble).sum() * 10;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(log);
    }
}
