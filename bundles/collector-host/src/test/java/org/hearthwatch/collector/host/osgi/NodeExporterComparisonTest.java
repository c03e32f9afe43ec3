package org.hearthwatch.collector.host.osgi;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.RecordedSamples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our samples beside those of a real node_exporter on the same machine: names, types, labels, and the values that do not
 * move. Runs with {@code -Dhearthwatch.nodeExporter=/usr/bin/prometheus-node-exporter}; prints what differs.
 */
@EnabledIfSystemProperty(named = "hearthwatch.nodeExporter", matches = ".+")
class NodeExporterComparisonTest {

    /** What node_exporter reports and we do not, each for a reason that stands in the README. */
    private static final Pattern THEIRS_ALONE = Pattern.compile(
            "(go|promhttp|node_exporter_build_info|node_selinux|node_udp_queues|node_schedstat|node_xfs|node_zfs|node_md|node_nvme"
                    + "|node_btrfs|node_power|node_edac|node_watchdog|node_kernel_hung|node_nfs|node_bonding|node_infiniband"
                    + "|node_rapl|node_ipvs|node_tape|node_fibrechannel|node_softirqs|process_start_time)(_.*)?");
    /** What we report and older versions do not. */
    private static final Pattern OURS_ALONE = Pattern.compile(
            "hearthwatch_.*|process_virtual_memory_max_bytes"
                    + "|node_filesystem_mount_info|node_softnet_(backlog_len|cpu_collision_total|flow_limit_count_total|received_rps_total)"
                    + "|node_netstat_TcpExt_(TCPOFOQueue|TCPRcvQDrop)|node_cpu_online|node_cpu_frequency_avg_hertz|node_os_support_end.*");

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    Path directory;

    @Test
    void reports_the_same_names_types_and_labels() throws Exception {
        Path log = directory.resolve("log");
        Process exporter = new ProcessBuilder(
                        System.getProperty("hearthwatch.nodeExporter"),
                        "--web.listen-address=127.0.0.1:0",
                        "--collector.systemd",
                        "--collector.processes",
                        "--collector.cpu.info",
                        "--collector.netdev.device-exclude=^$",
                        "--collector.filesystem.mount-points-exclude="
                                + "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Map<String, Family> theirs;
        RecordedSamples ours = new RecordedSamples();
        var component = new HostComponent(Configs.defaults(HostConfig.class));
        try {
            component.collect(new RecordedSamples());
            String text = scrape(exporter, log);
            component.collect(ours);
            theirs = parse(text);
        } finally {
            component.deactivate();
            exporter.destroy();
            exporter.waitFor();
        }
        Map<String, Family> mine = parse(Exposition.of(ours));

        List<String> differences = differences(mine, theirs);

        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    private static List<String> differences(Map<String, Family> mine, Map<String, Family> theirs) {
        var differences = new ArrayList<String>();
        var names = new TreeSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        var nothing = new Family("nothing", Map.of());
        for (String name : names) {
            Family ours = mine.getOrDefault(name, nothing);
            Family other = theirs.getOrDefault(name, nothing);
            if (!mine.containsKey(name)) {
                boolean explained = other.series.entrySet().stream()
                        .allMatch(series -> isExplained(name, series.getKey(), series.getValue()));
                if (!explained && !THEIRS_ALONE.matcher(name).matches()) {
                    differences.add("only node_exporter has " + name + " " + other);
                }
            } else if (!theirs.containsKey(name)) {
                if (!OURS_ALONE.matcher(name).matches()) {
                    differences.add("only we have " + name + " " + ours);
                }
            } else {
                compare(name, ours, other, differences);
            }
        }
        return differences;
    }

    private static void compare(String name, Family ours, Family other, List<String> differences) {
        if (!ours.type.equals(other.type)) {
            differences.add(name + " is a " + ours.type + " here and a " + other.type + " there");
        }
        var series = new TreeSet<>(ours.series.keySet());
        series.addAll(other.series.keySet());
        for (String labels : series) {
            Double value = ours.series.get(labels);
            Double theirs = other.series.get(labels);
            if (isExplained(name, labels, theirs)) {
                continue;
            }
            if (value == null || theirs == null) {
                differences.add((value == null ? "only node_exporter has " : "only we have ") + name + labels);
            } else if (!near(name, value, theirs)) {
                differences.add(name + labels + " is " + value + " here and " + theirs + " there");
            }
        }
    }

    /** Parts we do not have, a pattern that later versions widened, states of processes that lasted for one look. */
    private static boolean isExplained(String name, String labels, @Nullable Double theirs) {
        return name.startsWith("node_scrape_collector_")
                || (name.startsWith("node_disk_") && labels.contains("device=zram"))
                || name.matches("node_processes_(state|threads_state)")
                || (name.equals("node_network_speed_bytes") && theirs != null && theirs < 0);
    }

    /** Both looked within a second: counters may have moved on a little, gauges by more. */
    private static boolean near(String name, double ours, double theirs) {
        if (name.startsWith("node_scrape") || name.startsWith("process_") || name.startsWith("node_processes")) {
            return true;
        }
        boolean moves = name.matches(
                "node_(memory|load|procs|sockstat|filefd|filesystem_(free|avail|files_free)|disk_io_now|timex|entropy).*");
        double difference = Math.abs(ours - theirs);
        return difference <= Math.max(moves ? 1e10 : 100, 0.05 * Math.max(Math.abs(ours), Math.abs(theirs)));
    }

    private static String scrape(Process exporter, Path log) throws IOException, InterruptedException {
        String address = address(exporter, log);
        try {
            HttpClient client = HttpClient.newHttpClient();
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IOException(Files.readString(log), e);
        }
    }

    private static String address(Process exporter, Path log) throws IOException, InterruptedException {
        Pattern listening = Pattern.compile("address=(127\\.0\\.0\\.1:[1-9][0-9]*)");
        for (int i = 0; i < 100 && exporter.isAlive(); i++) {
            Matcher matcher = listening.matcher(Files.readString(log, StandardCharsets.UTF_8));
            if (matcher.find()) {
                return matcher.group(1);
            }
            exporter.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new IOException("node_exporter does not start: " + Files.readString(log));
    }

    private static Map<String, Family> parse(String text) {
        Map<String, Family> families = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                families.put(words[2], new Family(words[3], new TreeMap<>()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                Matcher matcher = SERIES.matcher(line);
                assertThat(matcher.matches()).as(line).isTrue();
                Family family = families.get(matcher.group(1));
                if (family != null) {
                    family.series.put(
                            labels(matcher.group(2)),
                            Double.parseDouble(matcher.group(3).replace("Inf", "Infinity")));
                }
            }
        }
        return families;
    }

    /** Without empty labels, which are the same as none, and without those that later versions added. */
    private static String labels(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var labels = new TreeMap<String, String>();
        Matcher matcher = LABEL.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(2).isEmpty()
                    && !Set.of("rotational", "adminstate").contains(matcher.group(1))) {
                labels.put(matcher.group(1), matcher.group(2));
            }
        }
        return labels.toString();
    }

    private record Family(String type, Map<String, Double> series) {}
}
