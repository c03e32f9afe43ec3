package org.hearthwatch.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final long NOW = TestClock.START.toEpochMilli();

    private final MemorySeries store = new MemorySeries();
    private final TestClock clock = TestClock.atStart();
    private final Exposition exposition = new Exposition(store, () -> "hearth", clock);

    @Test
    void local_series_are_shown_without_job_and_instance() throws Exception {
        describe("load", MetricType.GAUGE, "The load");
        local("load", 1.5, "core", "0");

        assertThat(text()).isEqualTo("""
                        # HELP load The load
                        # TYPE load gauge
                        load{core="0",} 1.5
                        """);
    }

    @Test
    void series_from_elsewhere_keep_job_and_instance() throws Exception {
        store.put(Labels.of("__name__", "up", "job", "nas", "instance", "nas:9100"), NOW, 1);

        assertThat(text()).contains("up{instance=\"nas:9100\",job=\"nas\",} 1.0\n");
    }

    @Test
    void a_counter_is_named_as_each_format_wants_it() throws Exception {
        describe("runs_total", MetricType.COUNTER, "Runs");
        local("runs_total", 3);

        assertThat(text()).contains("# TYPE runs_total counter\nruns_total 3.0\n");
        assertThat(openMetrics()).contains("# TYPE runs counter\n").contains("\nruns_total 3.0\n");
    }

    @Test
    void a_counter_without_total_keeps_its_name() throws Exception {
        describe("node_intr", MetricType.COUNTER, "Interrupts");
        local("node_intr", 3);

        assertThat(text()).contains("# TYPE node_intr untyped\nnode_intr 3.0\n");
        assertThat(openMetrics()).contains("# TYPE node_intr unknown\n").contains("\nnode_intr 3.0\n");
    }

    @Test
    void the_parts_of_a_histogram_stand_together_in_growing_bounds() throws Exception {
        describe("wait_seconds", MetricType.HISTOGRAM, "Waiting");
        for (String queue : new String[] {"a", "b"}) {
            local("wait_seconds_count", 4, "queue", queue);
            local("wait_seconds_bucket", 4, "queue", queue, "le", "+Inf");
            local("wait_seconds_bucket", 2, "queue", queue, "le", "10.0");
            local("wait_seconds_bucket", 1, "queue", queue, "le", "2.5");
            local("wait_seconds_sum", 9, "queue", queue);
        }

        assertThat(text()).isEqualTo("""
                        # HELP wait_seconds Waiting
                        # TYPE wait_seconds histogram
                        wait_seconds_bucket{le="2.5",queue="a",} 1.0
                        wait_seconds_bucket{le="10.0",queue="a",} 2.0
                        wait_seconds_bucket{le="+Inf",queue="a",} 4.0
                        wait_seconds_sum{queue="a",} 9.0
                        wait_seconds_count{queue="a",} 4.0
                        wait_seconds_bucket{le="2.5",queue="b",} 1.0
                        wait_seconds_bucket{le="10.0",queue="b",} 2.0
                        wait_seconds_bucket{le="+Inf",queue="b",} 4.0
                        wait_seconds_sum{queue="b",} 9.0
                        wait_seconds_count{queue="b",} 4.0
                        """);
    }

    @Test
    void a_name_that_only_looks_like_a_part_is_a_family_of_its_own() throws Exception {
        describe("files", MetricType.GAUGE, "Files");
        local("files_count", 7);

        assertThat(text()).contains("# TYPE files_count untyped\nfiles_count 7.0\n");
    }

    @Test
    void names_of_any_script_are_escaped() throws Exception {
        local("http.Zähler", 1, "straße", "Hauptstraße");

        assertThat(text()).contains("http_Z_hler{stra_e=\"Hauptstraße\",} 1.0\n");
    }

    @Test
    void of_two_series_that_look_the_same_one_is_shown_and_the_other_counted() throws Exception {
        store.put(Labels.of("__name__", "x", "job", "a", "instance", "hearth"), NOW, 1);
        store.put(Labels.of("__name__", "x", "job", "b", "instance", "hearth"), NOW, 2);

        assertThat(text()).contains("\nx 1.0\n").doesNotContain("x 2.0");
        assertThat(exposition.duplicates()).isEqualTo(1);
    }

    @Test
    void what_ended_or_grew_old_is_not_shown() throws Exception {
        local("old", 1);
        clock.advance(Duration.ofMinutes(5).plusMillis(1));
        store.put(Labels.of("__name__", "gone", "instance", "hearth"), clock.millis() - 1, 1);
        store.put(Labels.of("__name__", "gone", "instance", "hearth"), clock.millis(), Staleness.MARKER);

        assertThat(text()).isEmpty();
    }

    @Test
    void a_second_scrape_sees_new_values_of_known_series() throws Exception {
        local("x", 1);
        assertThat(text()).contains("\nx 1.0\n");
        clock.advance(Duration.ofSeconds(15));
        store.put(Labels.of("__name__", "x", "job", "node", "instance", "hearth"), clock.millis(), 2);

        assertThat(text()).contains("\nx 2.0\n");
        assertThat(exposition.series()).isEqualTo(1);
        assertThat(exposition.scrapes()).isEqualTo(2);
    }

    @Test
    void the_page_answers_in_the_format_asked_for() throws Exception {
        local("x", 1);
        var page = new MetricsPage(exposition);

        var plain = FakeExchange.get("/metrics").answeredBy(page);
        var open = FakeExchange.get("/metrics")
                .withHeader("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                .answeredBy(page);

        assertThat(plain.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(open.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.text()).endsWith("# EOF\n");
        assertThat(open.answeredHeader("Vary")).isEqualTo("Accept");
    }

    @Test
    void promtool_accepts_it() throws Exception {
        assumeThat(PROMTOOL).isExecutable();
        describe("load", MetricType.GAUGE, "The load, with \\ and\nnew line");
        local("load", 1.5, "path", "C:\\temp \"x\"\n");
        describe("runs_total", MetricType.COUNTER, "Runs");
        local("runs_total", 3);
        describe("wait_seconds", MetricType.HISTOGRAM, "Waiting");
        local("wait_seconds_bucket", 1, "le", "2.5");
        local("wait_seconds_bucket", 1, "le", "+Inf");
        local("wait_seconds_sum", 2);
        local("wait_seconds_count", 1);
        describe("size_bytes", MetricType.SUMMARY, "Sizes");
        local("size_bytes", 5, "quantile", "0.5");
        local("size_bytes_sum", 5);
        local("size_bytes_count", 1);
        describe("not_a_number", MetricType.GAUGE, "Values that are none");
        local("not_a_number", Double.NaN, "kind", "nan");
        local("not_a_number", Double.NEGATIVE_INFINITY, "kind", "inf");

        assertThat(promtool(text())).isEmpty();
    }

    private static String promtool(String exposition) throws IOException, InterruptedException {
        Path input = Files.createTempFile("exposition", ".prom");
        Path output = Files.createTempFile("promtool", ".txt");
        try {
            Files.writeString(input, exposition, StandardCharsets.UTF_8);
            var process = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Files.readString(output);
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }

    private void local(String name, double value, String... labels) {
        store.put(Labels.of(labels).with("__name__", name).with("job", "node").with("instance", "hearth"), NOW, value);
    }

    private void describe(String name, MetricType type, String help) {
        store.append(SampleBatch.from("test")
                .describe(new MetricMetadata(name, type, help, ""))
                .build());
    }

    private String text() throws IOException {
        return written(Format.TEXT);
    }

    private String openMetrics() throws IOException {
        return written(Format.OPEN_METRICS);
    }

    private String written(Format format) throws IOException {
        var writer = new StringWriter();
        exposition.write(format, writer);
        return writer.toString();
    }
}
