package org.hearthwatch.collector.host.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.systemd.FakeBus;
import org.hearthwatch.collector.host.systemd.FakeSystemd;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole collector on a machine of files: everything it says about it stands in {@code expected.prom}. */
class GoldenTest {

    private static final Instant NOW = Instant.parse("2025-12-18T07:33:20.250Z");
    private static final Executor DIRECT = Runnable::run;

    @TempDir
    Path directory;

    private HostPaths paths;
    private FakeBus bus;

    @BeforeEach
    void unpack() throws IOException {
        paths = FixtureTree.unpack("/fixtures/nas.tree", directory);
        try (Stream<Path> files = Files.list(directory.resolve("textfile"))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_766_000_000)));
            }
        }
        bus = new FakeBus(paths.systemBus(), new FakeSystemd(0));
    }

    @AfterEach
    void close() throws IOException {
        bus.close();
    }

    @Test
    void says_exactly_this_about_the_machine() throws Exception {
        String actual = exposition(collector(Map.of()));

        Files.writeString(Path.of("target", "actual.prom"), actual);
        assertThat(actual).isEqualTo(resource("/fixtures/expected.prom"));
    }

    @Test
    void says_the_same_again_and_after_its_caches_were_renewed() throws Exception {
        Collector collector = collector(Map.of());
        String first = exposition(collector);

        for (int run = 0; run < 45; run++) {
            assertThat(exposition(collector)).isEqualTo(first);
        }
    }

    @Test
    void knows_every_name_it_is_to_have() throws Exception {
        Map<String, Object> everything = new LinkedHashMap<>();
        everything.put("softirqs", true);
        everything.put("cpuFlags", ".");
        everything.put("cpuBugs", ".");
        everything.put("systemdRestarts", true);
        everything.put("systemdStartTimes", true);
        everything.put("systemdTasks", true);
        var samples = new RecordedSamples();
        collector(everything).collect(samples);
        Set<String> expected = resource("/fixtures/names.txt")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(samples.families().keySet()).containsAll(expected);
    }

    @Test
    void a_source_that_is_off_says_nothing() throws Exception {
        var samples = new RecordedSamples();

        collector(Map.of("sources", "loadavg, uname", "sourcesOff", "uname")).collect(samples);

        assertThat(samples.families().keySet())
                .containsExactlyInAnyOrder(
                        "node_load1",
                        "node_load5",
                        "node_load15",
                        "node_scrape_collector_duration_seconds",
                        "node_scrape_collector_success");
    }

    @Test
    void interfaces_of_guests_are_reported_when_asked_for() throws Exception {
        var samples = new RecordedSamples();

        collector(Map.of("guestInterfaces", true)).collect(samples);

        assertThat(samples.asMap())
                .containsKeys(
                        "node_network_receive_bytes_total{device=\"veth1a2b3c4\"}",
                        "node_network_receive_bytes_total{device=\"fwbr100i0\"}",
                        "node_network_up{device=\"tap100i0\"}");
    }

    @Test
    void the_frequency_of_cpuinfo_stands_in_when_cpufreq_is_off() throws Exception {
        var samples = new RecordedSamples();

        collector(Map.of("sourcesOff", "cpufreq")).collect(samples);

        assertThat(samples.value("node_cpu_frequency_hertz{core=\"1\", cpu=\"1\", package=\"0\"}"))
                .isEqualTo(2_299_007_000.0);
    }

    private Collector collector(Map<String, ?> settings) {
        var all = new LinkedHashMap<String, Object>(settings);
        all.put("procfs", paths.procfs().toString());
        all.put("sysfs", paths.sysfs().toString());
        all.put("rootfs", paths.rootfs().toString());
        all.put("udevData", paths.udevData().toString());
        all.put("systemBus", paths.systemBus().toString());
        all.put("textfileDirectories", directory.resolve("textfile").toString());
        LongSupplier stopped = () -> 0;
        return HostSources.collector(
                HostSettings.of(Configs.of(HostConfig.class, all), HostSources.names()),
                new HostSources.Surroundings(
                        new FixtureSyscalls(), DIRECT, TestClock.at(NOW), () -> ZoneId.of("Europe/Berlin"), stopped));
    }

    private String exposition(Collector collector) throws Exception {
        var samples = new RecordedSamples();
        collector.collect(samples);
        return Exposition.of(samples).replace(directory.toString(), "/fixture");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
