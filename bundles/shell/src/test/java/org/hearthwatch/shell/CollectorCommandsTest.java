package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.CollectorStatus.State;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class CollectorCommandsTest {

    private static final CollectorStatus HOST = new CollectorStatus(
            "host",
            "node",
            "org.hearthwatch.collector.host",
            State.OK,
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Optional.of(TestClock.START),
            Optional.of(Duration.ofMillis(12)),
            Optional.empty(),
            412,
            0,
            0);

    private final TestScreen screen = new TestScreen().with(Collectors.class, new Runner());

    private static final class Runner implements Collectors {

        @Override
        public String instance() {
            return "nas";
        }

        @Override
        public List<CollectorStatus> list() {
            return List.of(HOST);
        }

        @Override
        public Optional<CollectorStatus> find(String name) {
            return list().stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public CollectorRun runOnce(String name) {
            return switch (name) {
                case "host" ->
                    new CollectorRun(
                            name,
                            Duration.ofMillis(12),
                            Optional.empty(),
                            List.of(
                                    new Sample(Labels.of("__name__", "node_load1"), 1_767_323_045_000L, 0.25),
                                    new Sample(
                                            Labels.of("__name__", "node_arp_entries", "device", "\u001b[31meth0"),
                                            1_767_323_045_000L,
                                            7)),
                            List.of());
                case "docker" ->
                    new CollectorRun(name, Duration.ofSeconds(2), Optional.of("no socket"), List.of(), List.of());
                default -> throw new NoSuchElementException(name);
            };
        }
    }

    @Test
    void lists_how_each_is_doing() {
        screen.clock.advance(Duration.ofSeconds(4));

        assertThat(screen.run("collector-list")).isZero();
        assertThat(screen.out()).isEqualTo("""
                        NAME  STATE  EVERY  LAST RUN  TOOK  SERIES  REFUSED  ERROR
                        host  OK       15s    4s ago  12ms     412        0
                        """);
    }

    @Test
    void lists_for_scripts_with_the_http_apis_names() {
        screen.run("collector-list --json");

        assertThat(screen.out().strip())
                .isEqualTo(
                        "[{\"name\":\"host\",\"job\":\"node\",\"bundle\":\"org.hearthwatch.collector.host\",\"state\":\"OK\","
                                + "\"interval\":15,\"timeout\":10,\"lastRun\":1767323045,\"lastDuration\":0.012,\"lastError\":null,"
                                + "\"series\":412,\"refusedSamples\":0,\"consecutiveFailures\":0}]");
    }

    @Test
    void a_run_shows_its_samples_and_nothing_of_them_moves_the_cursor() {
        assertThat(screen.run("collector-run host")).isZero();
        assertThat(screen.out())
                .contains("node_load1                                  0.25")
                .contains("node_arp_entries{device=\"\\u001b[31meth0\"}      7")
                .contains("2 samples in 12ms; nothing was stored.");
    }

    @Test
    void a_failed_run_is_exit_code_one_with_the_reason() {
        assertThat(screen.run("collector-run docker")).isEqualTo(1);
        assertThat(screen.err().strip()).isEqualTo("docker failed after 2s: no socket");

        assertThat(screen.run("collector-run docker --json")).isEqualTo(1);
        assertThat(screen.out()).contains("\"error\":\"no socket\"");
    }

    @Test
    void an_unknown_name_points_at_the_list() {
        assertThat(screen.run("collector-run hsot")).isEqualTo(1);
        assertThat(screen.err()).contains("There is no collector hsot").contains("hw:collector-list");
    }
}
