package org.hearthwatch.prometheus.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.Info;
import io.prometheus.client.Summary;
import java.util.List;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.testkit.CollectorContract;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;

class ClientCollectorTest extends CollectorContract {

    @Override
    protected Collector collector() {
        var requests = Counter.build("requests", "Requests").labelNames("code").create();
        requests.labels("200").inc(3);
        return new ClientCollector(requests);
    }

    @Test
    void a_counter_gets_its_total_and_loses_its_creation_time() {
        var samples = collected(Counter.build("requests_total", "Requests").create());

        assertThat(samples.asMap()).containsExactly(entry("requests_total", 0.0));
        assertThat(samples.families().get("requests_total"))
                .satisfies(family -> assertThat(family.type()).isEqualTo(MetricType.COUNTER));
    }

    @Test
    void a_gauge_keeps_its_labels() {
        var gauge = Gauge.build("rooms", "Rooms").labelNames("floor").create();
        gauge.labels("1").set(4);

        assertThat(collected(gauge).asMap()).containsExactly(entry("rooms{floor=\"1\"}", 4.0));
    }

    @Test
    void an_info_is_a_gauge_of_one() {
        var info = Info.build("build", "Build").create();
        info.info("version", "1.2");

        assertThat(collected(info).asMap()).containsExactly(entry("build_info{version=\"1.2\"}", 1.0));
    }

    @Test
    void a_histogram_stays_one() {
        var histogram = Histogram.build("wait_seconds", "Wait")
                .buckets(1, 5)
                .labelNames("queue")
                .create();
        histogram.labels("a").observe(2);

        var samples = collected(histogram);

        assertThat(samples.asMap())
                .containsExactly(
                        entry("wait_seconds_bucket{le=\"1.0\", queue=\"a\"}", 0.0),
                        entry("wait_seconds_bucket{le=\"5.0\", queue=\"a\"}", 1.0),
                        entry("wait_seconds_bucket{le=\"+Inf\", queue=\"a\"}", 1.0),
                        entry("wait_seconds_sum{queue=\"a\"}", 2.0),
                        entry("wait_seconds_count{queue=\"a\"}", 1.0));
        assertThat(samples.families().get("wait_seconds"))
                .satisfies(family -> assertThat(family.type()).isEqualTo(MetricType.HISTOGRAM));
    }

    @Test
    void a_summary_stays_one() {
        var summary = Summary.build("size_bytes", "Size").quantile(0.5, 0.01).create();
        summary.observe(3);

        assertThat(collected(summary).asMap())
                .containsExactly(
                        entry("size_bytes{quantile=\"0.5\"}", 3.0),
                        entry("size_bytes_sum", 3.0),
                        entry("size_bytes_count", 1.0));
    }

    @Test
    void what_has_no_type_is_taken_as_it_is() {
        var sample = new MetricFamilySamples.Sample("odd_thing", List.of(), List.of(), 5);
        var family =
                new MetricFamilySamples("odd", io.prometheus.client.Collector.Type.UNKNOWN, "Odd", List.of(sample));

        assertThat(collected(new io.prometheus.client.Collector() {
                            @Override
                            public List<MetricFamilySamples> collect() {
                                return List.of(family);
                            }
                        })
                        .asMap())
                .containsExactly(entry("odd_thing", 5.0));
    }

    private static RecordedSamples collected(io.prometheus.client.Collector client) {
        var samples = new RecordedSamples();
        new ClientCollector(client).collect(samples);
        return samples;
    }
}
