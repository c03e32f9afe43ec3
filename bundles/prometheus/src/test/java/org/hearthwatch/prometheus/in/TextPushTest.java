package org.hearthwatch.prometheus.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class TextPushTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);

    private final RecordingStore store = new RecordingStore();
    private PushLimits limits = PushLimits.USUAL;
    private final SeriesCache cache = new SeriesCache(100, 100_000);
    private final TextPush push = new TextPush(
            new Intake(store, () -> Optional.of(store), new Senders(), cache, () -> limits, InstantSource.fixed(NOW)),
            cache,
            Permission.write("samples:push"));

    private static FakeExchange post(String text) {
        return FakeExchange.post("/api/v1/import/prometheus").withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void text_is_stored_with_the_labels_and_the_time_of_the_request() throws Exception {
        var answer = post("# TYPE backup_bytes gauge\nbackup_bytes{disk=\"a\"} 12\nold 1 5000\n")
                .with("extra_label", "instance=nas")
                .with("extra_label", "job=backup")
                .answeredBy(push);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(store.samples)
                .containsExactly(
                        new Sample(
                                Labels.of("__name__", "backup_bytes", "disk", "a", "instance", "nas", "job", "backup"),
                                NOW.toEpochMilli(),
                                12),
                        new Sample(Labels.of("__name__", "old", "instance", "nas", "job", "backup"), 5000, 1));
        assertThat(store.families).containsExactly(new MetricMetadata("backup_bytes", MetricType.GAUGE, "", ""));
    }

    @Test
    void a_time_can_be_given_for_samples_without() throws Exception {
        post("a 1\n").with("timestamp", "77").answeredBy(push);
        assertThat(store.samples).containsExactly(new Sample(Labels.of("__name__", "a"), 77, 1));
        assertThatThrownBy(() -> post("a 1\n").with("timestamp", "soon").answeredBy(push))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("timestamp is a time in milliseconds since 1970.");
    }

    @Test
    void open_metrics_and_its_exemplars_are_taken_where_the_type_says_so() throws Exception {
        var answer = post("a_total 1 # {trace_id=\"x\"} 1\n# EOF\n")
                .withHeader("Content-Type", "application/openmetrics-text; version=1.0.0")
                .answeredBy(push);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(store.exemplars).hasSize(1);
    }

    @Test
    void a_text_with_an_error_is_refused_whole_with_its_line() throws Exception {
        var answer = post("a 1\nb\n").answeredBy(push);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("line 2: \"\" is not a number\n");
        assertThat(store.samples).isEmpty();
    }

    @Test
    void a_body_may_be_packed_with_gzip_but_not_grow_beyond_its_limit() throws Exception {
        assertThat(gzipped("a 1\n").answeredBy(push).status()).isEqualTo(204);

        limits = new PushLimits(100_000, 100_000, 1000, 1000, 1000, 1 << 20, Duration.ofMillis(10));
        var bomb = gzipped("#".repeat(1_000_000)).answeredBy(push);
        assertThat(bomb.status()).isEqualTo(400);
        assertThat(bomb.text()).isEqualTo("gzip: decoded body is too large, 100000 bytes are allowed\n");

        var torn = post("no gzip").withHeader("Content-Encoding", "gzip").answeredBy(push);
        assertThat(torn.status()).isEqualTo(400);

        var empty = post("").withHeader("Content-Encoding", "gzip").answeredBy(push);
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.text()).isEqualTo("gzip: unexpected end of the body\n");
    }

    private static FakeExchange gzipped(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return post("").withBody(packed.toByteArray()).withHeader("Content-Encoding", "gzip");
    }

    @Test
    void the_limits_of_samples_and_series_hold() throws Exception {
        limits = new PushLimits(1000, 1000, 3, 1000, 2, 1 << 20, Duration.ofMillis(10));
        assertThat(post("a 1\na 2 1\na 3 2\na 4 3\n").answeredBy(push).text())
                .isEqualTo("line 4: more than 3 samples\n");
        var answer = post("a 1\nb 1\nc 1\n").answeredBy(push);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).startsWith("too many series (1)\n");
        assertThat(store.samples).hasSize(2);
    }
}
