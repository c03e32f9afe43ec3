package org.hearthwatch.collector.host.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of which every file is broken in the same way: the collector goes on and says nothing impossible. */
class HostileMachineTest {

    private static final int MOST_SERIES = 5000;

    @TempDir
    Path directory;

    @Test
    void empty_files() throws Exception {
        surviveAfter(content -> new byte[0]);
    }

    @Test
    void files_cut_off_in_the_middle() throws Exception {
        surviveAfter(content -> Arrays.copyOf(content, content.length / 2));
    }

    @Test
    void files_cut_off_after_a_few_bytes() throws Exception {
        surviveAfter(content -> Arrays.copyOf(content, Math.min(5, content.length)));
    }

    @Test
    void binary_junk() throws Exception {
        var random = new SplittableRandom(42);
        surviveAfter(content -> {
            var junk = new byte[Math.max(64, content.length)];
            random.nextBytes(junk);
            return junk;
        });
    }

    @Test
    void every_number_negative() throws Exception {
        surviveAfter(text(content -> content.replaceAll("(?<![0-9a-zA-Z.-])([0-9]+)", "-$1")));
    }

    @Test
    void every_number_too_large() throws Exception {
        surviveAfter(text(content -> content.replaceAll("[0-9]+", "99999999999999999999999999")));
    }

    @Test
    void lines_without_their_last_column() throws Exception {
        surviveAfter(text(content -> content.replaceAll("(?m)[ \\t]+\\S+$", "")));
    }

    @Test
    void the_same_lines_many_times() throws Exception {
        surviveAfter(text(content -> content.repeat(50)));
    }

    @Test
    void files_of_several_megabytes() throws Exception {
        surviveAfter(content -> Arrays.copyOf(content, content.length > 500 ? 5 << 20 : content.length));
    }

    @Test
    void links_that_lead_nowhere_but_to_themselves() throws Exception {
        HostPaths paths = FixtureTree.unpack("/fixtures/nas.tree", directory);
        for (Path file : files()) {
            Files.delete(file);
            Files.createSymbolicLink(file, file.getFileName());
        }

        survive(paths);
    }

    @Test
    void no_files_at_all() throws Exception {
        survive(new HostPaths(directory, directory, directory, directory, directory.resolve("bus")));
    }

    private static UnaryOperator<byte[]> text(UnaryOperator<String> change) {
        return content ->
                change.apply(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private void surviveAfter(UnaryOperator<byte[]> change) throws Exception {
        HostPaths paths = FixtureTree.unpack("/fixtures/nas.tree", directory);
        for (Path file : files()) {
            Files.write(file, change.apply(Files.readAllBytes(file)));
        }
        survive(paths);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .toList();
        }
    }

    private void survive(HostPaths paths) throws Exception {
        var collector = HostSources.collector(
                HostSettings.of(
                        Configs.of(
                                HostConfig.class,
                                Map.of(
                                        "procfs", paths.procfs().toString(),
                                        "sysfs", paths.sysfs().toString(),
                                        "rootfs", paths.rootfs().toString(),
                                        "udevData", paths.udevData().toString(),
                                        "systemBus", paths.systemBus().toString(),
                                        "softirqs", true,
                                        "cpuFlags", ".",
                                        "textfileDirectories",
                                                directory.resolve("textfile").toString())),
                        HostSources.names()),
                new HostSources.Surroundings(
                        new FixtureSyscalls(),
                        Runnable::run,
                        TestClock.atStart(),
                        () -> ZoneOffset.UTC,
                        System::nanoTime));
        for (int run = 0; run < 2; run++) {
            var samples = new RecordedSamples();

            collector.collect(samples);

            // Each source said how it fared, and those that need no file fared well.
            assertThat(samples.asMap().keySet().stream().filter(s -> s.startsWith("node_scrape_collector_success")))
                    .hasSize(HostSources.names().size());
            assertThat(samples.value("node_scrape_collector_success{collector=\"uname\"}"))
                    .isEqualTo(1);
            assertThat(samples.byLabels()).hasSizeLessThan(MOST_SERIES);
            samples.byLabels().forEach((labels, value) -> {
                var family = samples.families().get(labels.metricName());
                if (family != null && family.type() == MetricType.COUNTER) {
                    assertThat(value).as(labels.toString()).isNotNegative();
                }
            });
        }
    }
}
