package org.hearthwatch.collector.host.textfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.text.TextParser;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextfileSourceTest {

    @TempDir
    Path directory;

    private final LeftOut leftOut = new LeftOut();

    private TextfileSource source() {
        return new TextfileSource(List.of(directory), new TextfileSource.Limits(3, 2000, 20), leftOut);
    }

    private RecordedSamples read() throws Exception {
        return read(source());
    }

    private static RecordedSamples read(TextfileSource source) throws Exception {
        var samples = new RecordedSamples();
        source.read(samples);
        return samples;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static MetricMetadata family(RecordedSamples samples, String name) {
        return Objects.requireNonNull(samples.families().get(name), name);
    }

    @Test
    void reports_samples_with_their_types_and_help() throws Exception {
        write("a.prom", """
                # HELP jobs_total Jobs that were done
                # TYPE jobs_total counter
                jobs_total{kind = "a", } 3
                  plain\t4e2
                # TYPE temp gauge
                temp{x="1\\"2\\\\3\\n4"} NaN
                """);

        RecordedSamples samples = read();

        assertThat(samples.value("jobs_total{kind=\"a\"}")).isEqualTo(3);
        assertThat(samples.value("plain")).isEqualTo(400);
        assertThat(samples.value("temp{x=\"1\\\"2\\\\3\\n4\"}")).isNaN();
        assertThat(family(samples, "jobs_total").type()).isEqualTo(MetricType.COUNTER);
        assertThat(family(samples, "jobs_total").help()).isEqualTo("Jobs that were done");
        assertThat(family(samples, "plain").type()).isEqualTo(MetricType.UNKNOWN);
        assertThat(family(samples, "plain").help()).isEqualTo("Metric read from " + directory.resolve("a.prom"));
        assertThat(samples.value("node_textfile_scrape_error")).isZero();
    }

    @Test
    void puts_histograms_and_summaries_together() throws Exception {
        write("a.prom", """
                # TYPE h histogram
                h_bucket{le="1"} 1
                h_bucket{le="+Inf"} 3
                h_sum 5
                h_count 3
                # TYPE s summary
                s{quantile="0.5"} 2
                s_sum 8
                s_count 4
                """);

        RecordedSamples samples = read();

        assertThat(samples.value("h_bucket{le=\"1.0\"}")).isEqualTo(1);
        assertThat(samples.value("h_sum")).isEqualTo(5);
        assertThat(samples.value("s{quantile=\"0.5\"}")).isEqualTo(2);
        assertThat(samples.value("s_count")).isEqualTo(4);
    }

    @Test
    void a_file_with_a_timestamp_is_left_out_as_a_whole() throws Exception {
        write("bad.prom", "one 1\ntwo 2 1766000000000\n");
        write("good.prom", "three 3\n");

        RecordedSamples samples = read();

        assertThat(samples.families()).doesNotContainKeys("one", "two").containsKey("three");
        assertThat(samples.value("node_textfile_scrape_error")).isEqualTo(1);
        assertThat(samples.asMap().keySet())
                .noneMatch(series -> series.startsWith("node_textfile_mtime") && series.contains("bad.prom"));
    }

    @Test
    void files_that_disagree_on_help_or_type_do_not_harm_each_other() throws Exception {
        write("a.prom", "# HELP x first\n# TYPE x gauge\nx{f=\"a\"} 1\n");
        write("b.prom", "# HELP x second\n# TYPE x gauge\nx{f=\"b\"} 2\n");
        write("c.prom", "# TYPE x counter\nx{f=\"c\"} 3\n# TYPE y gauge\ny 4\n");

        RecordedSamples samples = read();

        assertThat(samples.asMap())
                .containsKeys("x{f=\"a\"}", "x{f=\"b\"}", "y")
                .doesNotContainKey("x{f=\"c\"}");
        assertThat(family(samples, "x").help()).isEqualTo("first");
        assertThat(samples.value("node_textfile_scrape_error")).isEqualTo(1);
    }

    @Test
    void a_series_that_stands_twice_is_told_of() throws Exception {
        write("a.prom", "x 1\n");
        write("b.prom", "x 2\ny 3\n");

        RecordedSamples samples = read();

        assertThat(samples.value("x")).isEqualTo(1);
        assertThat(samples.value("y")).isEqualTo(3);
        assertThat(samples.value("node_textfile_scrape_error")).isEqualTo(1);
    }

    @Test
    void files_too_large_too_long_or_no_files_are_left_out() throws Exception {
        write("large.prom", "# " + "x".repeat(3000) + "\nlarge 1\n");
        write("long.prom", "long_x{n=\"1\"} 1\n".repeat(21));
        Files.createSymbolicLink(directory.resolve("loop.prom"), Path.of("loop.prom"));

        RecordedSamples samples = read();

        assertThat(samples.families().keySet()).containsExactly("node_textfile_scrape_error");
        assertThat(samples.value("node_textfile_scrape_error")).isEqualTo(1);
    }

    @Test
    void files_beyond_the_bound_are_left_out_and_counted() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            write(name + ".prom", name + " 1\n");
        }

        assertThat(read().families()).containsKeys("a", "b", "c").doesNotContainKeys("d", "e");
        assertThat(leftOut.counts()).containsEntry("textfile_files", 2L);
    }

    @Test
    void a_changed_file_is_read_again() throws Exception {
        TextfileSource source = source();
        Path file = write("a.prom", "x 1\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1000)));
        read(source);

        write("a.prom", "x 2\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(2000)));

        RecordedSamples samples = read(source);
        assertThat(samples.value("x")).isEqualTo(2);
        assertThat(samples.value("node_textfile_mtime_seconds{file=\"" + file + "\"}"))
                .isEqualTo(2000);
    }

    @Test
    void a_missing_directory_is_an_error_and_none_at_all_is_not() throws Exception {
        var limits = new TextfileSource.Limits(3, 2000, 20);

        assertThat(read(new TextfileSource(List.of(directory.resolve("no")), limits, leftOut))
                        .value("node_textfile_scrape_error"))
                .isEqualTo(1);
        assertThat(read(new TextfileSource(List.of(), limits, leftOut)).value("node_textfile_scrape_error"))
                .isZero();
    }

    @Test
    void refuses_what_is_no_exposition_and_says_where() {
        for (String bad : List.of(
                "x",
                "x y",
                "x{ 1",
                "x{a=b} 1",
                "x{a=\"b} 1",
                "x{a=\"1\",a=\"2\"} 1",
                "1x 1",
                "x 0x10",
                "x 1d",
                "# TYPE x gauge\nx 1\n# TYPE x counter",
                "# TYPE x info",
                "x{a=\"1\" b=\"2\"} 1",
                "x\u00e9 1")) {
            assertThat(failureOf(bad)).as(bad).startsWith("line ");
        }
    }

    @Test
    void any_text_is_either_understood_or_refused() {
        ForAll.cases(3000, random -> {
                    var text = new StringBuilder();
                    String[] parts = {
                        "x",
                        "_total",
                        "{",
                        "}",
                        "a=\"",
                        "\"",
                        "\\",
                        ",",
                        " ",
                        "1",
                        "e",
                        "+Inf",
                        "\n",
                        "# TYPE x ",
                        "gauge",
                        "histogram",
                        "# HELP ",
                        "le",
                        "=",
                        "\u0000",
                        "ü"
                    };
                    for (int i = random.nextInt(25); i > 0; i--) {
                        text.append(parts[random.nextInt(parts.length)]);
                    }
                    return text.toString();
                })
                .check(text -> assertThat(failureOf(text)).matches("(?s)|line \\d+: .*"));
    }

    private static String failureOf(String text) {
        try {
            TextParser.parse(text, 100);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
