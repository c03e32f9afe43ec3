package org.hearthwatch.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextParserTest {

    @Test
    void the_text_format_gives_families_samples_and_times() throws Exception {
        var read = ReadSamples.text("""
                # HELP http_requests_total Requests \\\\ of\\nall "kinds".
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000
                http_requests_total { method = "get" , code = "4\\"\\\\\\n" , } 3

                # just a comment
                \tno_labels\t-Inf
                """);

        assertThat(read.families)
                .containsExactly(new MetricMetadata(
                        "http_requests_total", MetricType.COUNTER, "Requests \\ of\nall \"kinds\".", ""));
        assertThat(read.samples)
                .containsExactly(
                        new Sample(
                                Labels.of("__name__", "http_requests_total", "method", "post", "code", "200"),
                                1395066363000L,
                                1027),
                        new Sample(
                                Labels.of("__name__", "http_requests_total", "method", "get", "code", "4\"\\\n"),
                                ReadSamples.NOW,
                                3),
                        new Sample(Labels.of("__name__", "no_labels"), ReadSamples.NOW, Double.NEGATIVE_INFINITY));
    }

    @Test
    void text_1_0_0_quotes_names_that_are_not_plain() throws Exception {
        var read = ReadSamples.text(
                "# TYPE \"räume.temperatur\" gauge\n{\"räume.temperatur\",\"wo.genau\"=\"Bad\"} 21.5\n");

        assertThat(read.families).containsExactly(new MetricMetadata("räume.temperatur", MetricType.GAUGE, "", ""));
        assertThat(read.samples)
                .containsExactly(new Sample(
                        Labels.of("__name__", "räume.temperatur", "wo.genau", "Bad"), ReadSamples.NOW, 21.5));
    }

    @Test
    void open_metrics_gives_units_exemplars_and_times_in_seconds() throws Exception {
        var read = ReadSamples.openMetrics("""
                # TYPE work_seconds counter
                # UNIT work_seconds seconds
                # HELP work_seconds Time at work.
                work_seconds_total{who="me"} 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.25
                work_seconds_created{who="me"} 1520430000.123
                # TYPE build info
                build_info{version="1"} 1
                # EOF
                """);

        var series = Labels.of("__name__", "work_seconds_total", "who", "me");
        assertThat(read.families)
                .containsExactly(
                        new MetricMetadata("work_seconds_total", MetricType.COUNTER, "Time at work.", "seconds"),
                        new MetricMetadata("build_info", MetricType.INFO, "", ""));
        assertThat(read.samples).hasSize(3).contains(new Sample(series, 1520879607789L, 17));
        assertThat(read.exemplars)
                .containsExactly(new Exemplar(series, Labels.of("trace_id", "KOO5S4vxi0o"), 1520879607250L, 0.67));
    }

    @Test
    void open_metrics_without_its_end_mark_is_an_error() {
        assertThatThrownBy(() -> ReadSamples.openMetrics("a 1\n"))
                .hasMessage("line 2: the text does not end with # EOF");
        assertThatThrownBy(() -> ReadSamples.openMetrics("a 1\n# EOF\na 2\n"))
                .hasMessage("line 3: there is something after # EOF");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a{b=\"c\"} | line 1: \"\" is not a number",
                "a{b=\"c} 1 | line 1: the label value has no closing quotation mark",
                "a{b=c} 1 | line 1: expected a quotation mark, not \"c} 1\"",
                "a{=\"c\"} 1 | line 1: expected a label name, not \"=\"c\"} 1\"",
                "a{b=\"c\" d=\"e\"} 1 | line 1: expected a comma or a closing brace, not \"d=\"e\"} 1\"",
                "a{b=\"c\",b=\"d\"} 1 | line 1: label name \"b\" is not unique: invalid sample",
                "a 1 2 3 | line 1: expected the line's end, not \"3\"",
                "a 1 1.5 | line 1: \"1.5\" is not a time in milliseconds",
                "a 0x1p-2 | line 1: \"0x1p-2\" is not a number",
                "a 1e999 | line 1: \"1e999\" is not a number",
                "a 1d | line 1: \"1d\" is not a number",
                "1a 1 | line 1: expected a metric name, not \"1a 1\"",
                "{b=\"c\"} 1 | line 1: a series without a metric name",
                "a{\"b\"} 1 | line 1: expected an equals sign, not \"} 1\"",
                "# TYPE a cuonter | line 1: invalid metric type \"cuonter\"",
            })
    void what_is_wrong_is_named_with_its_line(String text, String message) {
        assertThatThrownBy(() -> ReadSamples.text(text.strip() + "\n"))
                .isInstanceOf(ExpositionException.class)
                .hasMessage(message.strip());
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        byte[] text = "a{b=\"x\"} 1\n".getBytes(StandardCharsets.UTF_8);
        text[5] = (byte) 0xff;
        assertThatThrownBy(() -> ReadSamples.read(Dialect.TEXT, text, ExpositionLimits.USUAL))
                .hasMessage("line 1: invalid UTF-8 in a label value");
    }

    @Test
    void a_sample_without_time_is_an_error_where_times_are_needed() {
        var parser = new TextParser(Dialect.TEXT, ExpositionLimits.FILE, new SeriesCache(10, 1000));
        assertThatThrownBy(() -> parser.parse(
                        new ByteArrayInputStream("a 1 5\nb 2\n".getBytes(StandardCharsets.UTF_8)),
                        OptionalLong.empty(),
                        new ReadSamples()))
                .hasMessage("line 2: expected timestamp for series b{}, got none");
    }

    @Test
    void every_limit_holds() {
        var limits = new ExpositionLimits(40, 2, 8, 10, 3, 1);
        assertRefused(limits, "a{b=\"" + "x".repeat(40) + "\"} 1", "line 1: longer than 40 bytes");
        assertRefused(limits, "a{b=\"1\",c=\"2\",d=\"3\",e=\"4\"} 1", "line 1: more than 2 labels");
        assertRefused(limits, "abcdefghi 1", "line 1: a name is longer than 8 bytes");
        assertRefused(limits, "a{b=\"12345678901\"} 1", "line 1: a label value is longer than 10 bytes");
        assertRefused(limits, "a 1\nb 1\nc 1\nd 1", "line 4: more than 3 samples");
        assertRefused(limits, "# TYPE a gauge\n# TYPE b gauge", "line 2: more than 1 families");
    }

    private static void assertRefused(ExpositionLimits limits, String text, String message) {
        assertThatThrownBy(() -> ReadSamples.read(Dialect.TEXT, text.getBytes(StandardCharsets.UTF_8), limits))
                .hasMessage(message);
    }

    @Test
    void a_line_is_found_whole_wherever_the_reads_end() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("metric{number=\"").append(i).append("\"} ").append(i).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        var read = new ReadSamples();
        new TextParser(Dialect.TEXT, ExpositionLimits.USUAL, new SeriesCache(10, 1 << 20))
                .parse(new Dribble(bytes), OptionalLong.of(1), read);

        assertThat(read.samples).hasSize(5000);
        assertThat(read.samples.get(4999))
                .isEqualTo(new Sample(Labels.of("__name__", "metric", "number", "4999"), 1, 4999));
    }

    /** Gives a few bytes at a time. */
    private static final class Dribble extends ByteArrayInputStream {
        Dribble(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + pos % 97));
        }
    }

    @Test
    void whatever_is_written_is_read_back() {
        ForAll.lists(300, 20, TextParserTest::sample).check(samples -> {
            assertThat(ReadSamples.text(written(samples, false)).samples).isEqualTo(samples);
            assertThat(ReadSamples.openMetrics(written(samples, true) + "# EOF\n").samples)
                    .isEqualTo(samples);
        });
    }

    @Test
    void any_bytes_are_read_or_refused_but_never_break_it() {
        List<String> valid = List.of(
                "# HELP a b\n# TYPE a counter\na_total{b=\"c\",\"d\"=\"e\\n\"} 1.5e3 17 # {x=\"y\"} 1 2\n# EOF\n",
                "{\"a\",b=\"c\"} NaN\nx -0x1\n# UNIT y_s s\n\n a{} 1\r\n");
        ForAll.cases(3000, random -> mutated(valid.get(random.nextInt(2)), random))
                .check(bytes -> {
                    for (Dialect dialect : Dialect.values()) {
                        try {
                            for (Sample sample : ReadSamples.read(dialect, bytes, ExpositionLimits.USUAL).samples) {
                                assertThat(sample.labels().metricName()).isNotEmpty();
                            }
                        } catch (ExpositionException e) {
                            assertThat(e).hasMessageMatching("line \\d+: .{1,300}");
                        }
                    }
                });
    }

    private static byte[] mutated(String text, SplittableRandom random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            if (random.nextBoolean()) {
                bytes[at] = (byte) random.nextInt(256);
            } else {
                bytes[at] = bytes[random.nextInt(bytes.length)];
            }
        }
        return java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    private static Sample sample(SplittableRandom random) {
        var labels = Labels.builder().set(Labels.NAME, name(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.set(name(random).replace("__name__", "x"), word(random));
        }
        double value = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(1000);
            case 1 -> -random.nextInt(100_000) / 1000d;
            case 2 -> FloatText.NAN;
            case 3 -> Double.POSITIVE_INFINITY;
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : 0.1;
            }
        };
        return new Sample(labels.build(), random.nextLong(2_000_000_000_000L), value);
    }

    private static String name(SplittableRandom random) {
        return random.nextBoolean() ? "name_" + random.nextInt(10) : word(random) + "n";
    }

    private static String word(SplittableRandom random) {
        var pieces = List.of("a", "\"", "\\", "\n", "ü", "€", " ", "{", "}", "#", ",", "=", "\uD83D\uDE00", "\\n");
        var word = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            word.append(pieces.get(random.nextInt(pieces.size())));
        }
        return word.toString();
    }

    private static String written(List<Sample> samples, boolean seconds) {
        var text = new StringBuilder();
        for (Sample sample : samples) {
            var parts = new ArrayList<String>();
            parts.add(quoted(sample.labels().metricName()));
            sample.labels()
                    .without(Labels.NAME)
                    .forEach((name, value) -> parts.add(quoted(name) + "=" + quoted(value)));
            text.append('{').append(String.join(",", parts)).append("} ");
            text.append(Double.isInfinite(sample.value()) ? "+Inf" : Double.toString(sample.value()));
            long time = sample.timestamp();
            text.append(' ')
                    .append(seconds ? time / 1000 + String.format(".%03d", time % 1000) : time + "")
                    .append('\n');
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
