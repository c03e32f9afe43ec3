package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class MetricCommandsTest {

    private final TestScreen screen = new TestScreen().with(SeriesReader.class, new Store());

    /** Holds one gauge, one histogram and one series nothing is known of. */
    private static final class Store implements SeriesReader {

        @Override
        public List<Sample> latest(List<Matcher> matchers, long notBefore) {
            assertThat(notBefore).isEqualTo(TestClock.START.toEpochMilli() - 300_000);
            return List.of(
                    sample("node_load1"),
                    sample("http_seconds_bucket", "le", "1"),
                    sample("http_seconds_bucket", "le", "+Inf"),
                    sample("http_seconds_sum"),
                    sample("http_seconds_count"),
                    sample("mystery_count"));
        }

        private static Sample sample(String name, String... labels) {
            return new Sample(Labels.of(labels).with(Labels.NAME, name), 0, 1);
        }

        @Override
        public Collection<MetricMetadata> metadata() {
            return List.of(
                    new MetricMetadata("node_load1", MetricType.GAUGE, "1m load average.", ""),
                    new MetricMetadata("http_seconds", MetricType.HISTOGRAM, "Answer times", "seconds"));
        }

        @Override
        public Selection select(List<Matcher> matchers, long from, long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> labelNames(List<Matcher> matchers, long from, long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void counts_the_living_series_of_each_family() {
        assertThat(screen.run("metric-list")).isZero();
        assertThat(screen.out()).isEqualTo("""
                        METRIC         TYPE       SERIES  HELP
                        http_seconds   histogram       4  Answer times
                        mystery_count  unknown         1
                        node_load1     gauge           1  1m load average.
                        """);
    }

    @Test
    void a_pattern_is_a_part_of_the_name_or_a_whole_one_with_stars() {
        screen.run("metric-list LOAD");
        assertThat(screen.out()).contains("node_load1").doesNotContain("mystery");

        screen.run("metric-list http*");
        assertThat(screen.out()).contains("http_seconds").doesNotContain("node_load1");

        screen.run("metric-list load*");
        assertThat(screen.out().strip()).isEqualTo("No metric matches. Without a pattern all are listed.");
    }

    @Test
    void scripts_get_the_same() {
        screen.run("metric-list load --json");

        assertThat(screen.out().strip())
                .isEqualTo("[{\"name\":\"node_load1\",\"type\":\"gauge\",\"unit\":\"\",\"series\":1,"
                        + "\"help\":\"1m load average.\"}]");
    }
}
