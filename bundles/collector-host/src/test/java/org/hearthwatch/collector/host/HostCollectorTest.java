package org.hearthwatch.collector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;

class HostCollectorTest {

    private static final Gauge SEEN = Gauge.of("seen", "Something seen");

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final LeftOut leftOut = new LeftOut();
    private final RecordedSamples samples = new RecordedSamples();
    private long nanos;

    private HostCollector collector() {
        return new HostCollector(sources, leftOut, () -> nanos);
    }

    @Test
    void a_throwing_source_fails_alone() throws Exception {
        sources.put("broken", sink -> {
            throw new IOException("the disk is gone");
        });
        sources.put("buggy", sink -> {
            throw new IllegalStateException("a bug");
        });
        sources.put("well", sink -> sink.set(SEEN, 1));

        collector().collect(samples);

        assertThat(samples.value("seen")).isEqualTo(1);
        assertThat(samples.value("node_scrape_collector_success{collector=\"broken\"}"))
                .isZero();
        assertThat(samples.value("node_scrape_collector_success{collector=\"buggy\"}"))
                .isZero();
        assertThat(samples.value("node_scrape_collector_success{collector=\"well\"}"))
                .isEqualTo(1);
    }

    @Test
    void what_a_source_reported_before_it_failed_stays() throws Exception {
        sources.put("half", sink -> {
            sink.set(SEEN, 1);
            throw new IOException("then the line ended");
        });

        collector().collect(samples);

        assertThat(samples.asMap()).containsKey("seen");
    }

    @Test
    void nothing_to_report_counts_as_no_success() throws Exception {
        sources.put("hwmon", sink -> {
            throw new NoDataException("no sensors");
        });

        collector().collect(samples);

        assertThat(samples.value("node_scrape_collector_success{collector=\"hwmon\"}"))
                .isZero();
    }

    @Test
    void says_how_long_each_source_took() throws Exception {
        sources.put("slow", sink -> nanos += 250_000_000);

        collector().collect(samples);

        assertThat(samples.value("node_scrape_collector_duration_seconds{collector=\"slow\"}"))
                .isEqualTo(0.25);
    }

    @Test
    void says_what_was_left_out() throws Exception {
        sources.put("processes", sink -> leftOut.add("processes", 7));

        collector().collect(samples);

        assertThat(samples.value("hearthwatch_collector_host_left_out_total{bound=\"processes\"}"))
                .isEqualTo(7);
    }

    @Test
    void ends_at_the_next_source_when_it_is_interrupted() {
        sources.put("first", sink -> Thread.currentThread().interrupt());
        sources.put("second", sink -> sink.set(SEEN, 1));

        assertThatThrownBy(() -> collector().collect(samples))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("second");
        assertThat(samples.asMap()).doesNotContainKey("seen");
    }
}
