package org.hearthwatch.prometheus.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.prometheus.in.Intake;
import org.hearthwatch.prometheus.in.PushLimits;
import org.hearthwatch.prometheus.in.RecordingStore;
import org.hearthwatch.prometheus.in.Senders;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.ProtoWriter;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class OtlpMetricsTest {

    private static final String JSON = "application/json";

    private final RecordingStore store = new RecordingStore();
    private Set<String> promoted = Set.of();
    private final OtlpMetrics otlp = new OtlpMetrics(
            new Intake(
                    store,
                    () -> Optional.of(store),
                    new Senders(),
                    new SeriesCache(100, 100_000),
                    () -> PushLimits.USUAL,
                    InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000))),
            () -> promoted,
            Permission.write("samples:push"));

    private FakeExchange json(String resource, String metrics) throws Exception {
        return send(
                JSON,
                ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[" + resource
                                + "]},\"scopeMetrics\":[{\"scope\":{\"name\":\"x\"},\"metrics\":[" + metrics + "]}]}]}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private FakeExchange send(String type, byte[] body) throws Exception {
        return FakeExchange.post("/v1/metrics")
                .withHeader("Content-Type", type)
                .withBody(body)
                .answeredBy(otlp);
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
    }

    private static Sample sample(double value, String... labels) {
        return new Sample(Labels.of(labels), 5, value);
    }

    @Test
    void gauges_and_sums_come_with_job_instance_and_target_info() throws Exception {
        var answer = json(
                attribute("service.namespace", "shop") + "," + attribute("service.name", "cart") + ","
                        + attribute("service.instance.id", "a1") + "," + attribute("host.name", "nas"),
                """
                {"name":"room.temperature","unit":"Cel","description":"How warm","gauge":{"dataPoints":[
                  {"timeUnixNano":"5000000","asDouble":21.5,"attributes":[{"key":"room","value":{"intValue":"7"}}]}]}},
                {"name":"requests","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
                  {"timeUnixNano":5000000,"asInt":"12"}]}},
                {"name":"queue","sum":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE","dataPoints":[
                  {"time_unix_nano":5000000,"asInt":-3}]}}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{}");
        assertThat(store.samples)
                .containsExactly(
                        sample(
                                21.5,
                                "__name__",
                                "room_temperature_celsius",
                                "room",
                                "7",
                                "job",
                                "shop/cart",
                                "instance",
                                "a1"),
                        sample(12, "__name__", "requests_total", "job", "shop/cart", "instance", "a1"),
                        sample(-3, "__name__", "queue", "job", "shop/cart", "instance", "a1"),
                        sample(1, "__name__", "target_info", "host_name", "nas", "job", "shop/cart", "instance", "a1"));
        assertThat(store.families)
                .startsWith(
                        new MetricMetadata("room_temperature_celsius", MetricType.GAUGE, "How warm", "Cel"),
                        new MetricMetadata("requests_total", MetricType.COUNTER, "", ""));
    }

    @Test
    void promoted_resource_attributes_are_labels_of_every_series() throws Exception {
        promoted = Set.of("host.name");
        json(
                attribute("host.name", "nas"),
                "{\"name\":\"a\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":5000000,\"asInt\":1}]}}");
        assertThat(store.samples).containsExactly(sample(1, "__name__", "a", "host_name", "nas"));
    }

    @Test
    void explicit_buckets_become_a_classic_histogram_with_its_exemplars() throws Exception {
        json("", """
                {"name":"latency","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[
                  {"timeUnixNano":"5000000","count":"6","sum":1.25,"bucketCounts":["1",2,"3"],"explicitBounds":[0.005,10],
                   "exemplars":[{"timeUnixNano":"4000000","asDouble":0.3,"traceId":"0af7","spanId":"b7"}]}]}}""");
        assertThat(store.samples)
                .containsExactly(
                        sample(1.25, "__name__", "latency_seconds_sum"),
                        sample(1, "__name__", "latency_seconds_bucket", "le", "0.005"),
                        sample(3, "__name__", "latency_seconds_bucket", "le", "10"),
                        sample(6, "__name__", "latency_seconds_bucket", "le", "+Inf"),
                        sample(6, "__name__", "latency_seconds_count"));
        assertThat(store.exemplars).singleElement().satisfies(exemplar -> {
            assertThat(exemplar.labels()).isEqualTo(Labels.of("trace_id", "0af7", "span_id", "b7"));
            assertThat(exemplar.value()).isEqualTo(0.3);
        });
    }

    @Test
    void exponential_histograms_become_native_ones() throws Exception {
        json("", """
                {"name":"size","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
                  {"timeUnixNano":"5000000","count":"7","sum":9,"scale":3,"zeroCount":"1",
                   "positive":{"offset":-2,"bucketCounts":["1","0","0","3"]},
                   "negative":{"offset":4,"bucketCounts":[2]}}]}}""");
        assertThat(store.samples.get(0).histogram())
                .contains(new NativeHistogram(
                        ResetHint.UNKNOWN,
                        3,
                        1e-128,
                        1,
                        7,
                        9,
                        new Buckets(List.of(new Span(-1, 1), new Span(2, 1)), 1, 3),
                        new Buckets(List.of(new Span(5, 1)), 2)));
    }

    @Test
    void a_scale_finer_than_there_is_becomes_the_finest_there_is() throws Exception {
        json("", """
                {"name":"size","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
                  {"timeUnixNano":"5000000","count":"6","sum":9,"scale":9,
                   "positive":{"offset":2,"bucketCounts":["1","2","3"]}}]}}""");
        // Buckets 2 and 3 of scale 9 are bucket 1 of scale 8, bucket 4 is bucket 2; counted from 1 in Prometheus.
        assertThat(store.samples.get(0).histogram())
                .map(NativeHistogram::positive)
                .contains(new Buckets(List.of(new Span(2, 2)), 3, 3));
    }

    @Test
    void summaries_come_with_their_quantiles() throws Exception {
        json("", """
                {"name":"wait","summary":{"dataPoints":[{"timeUnixNano":"5000000","count":"3","sum":6,
                  "quantileValues":[{"quantile":0.5,"value":1.5},{"quantile":0.99,"value":"NaN"}]}]}}""");
        assertThat(store.samples)
                .startsWith(
                        sample(6, "__name__", "wait_sum"),
                        sample(3, "__name__", "wait_count"),
                        sample(1.5, "__name__", "wait", "quantile", "0.5"))
                .hasSize(4);
    }

    @Test
    void a_point_without_recorded_value_ends_the_series() throws Exception {
        json("", "{\"name\":\"a\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":5000000,\"flags\":1}]}}");
        assertThat(Staleness.isStale(store.samples.get(0).value())).isTrue();
    }

    @Test
    void delta_temporality_is_refused_and_counted_in_the_requests_encoding() throws Exception {
        String delta =
                "{\"name\":\"d\",\"sum\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"asInt\":1},{\"asInt\":2}]}},"
                        + "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":5000000,\"asInt\":1}]}}";
        var answer = json("", delta);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .startsWith("{\"partialSuccess\":{\"rejectedDataPoints\":\"2\",\"errorMessage\":\"not supported (2)");
        assertThat(store.samples).containsExactly(sample(1, "__name__", "g"));

        byte[] body = new ProtoWriter()
                .begin(1)
                .begin(2)
                .begin(2)
                .string(1, "d")
                .begin(7)
                .begin(1)
                .fixed64(6, 1)
                .end()
                .integer(2, 1)
                .end()
                .end()
                .end()
                .end()
                .toByteArray();
        var packed = send("application/x-protobuf", body);
        assertThat(packed.contentType()).isEqualTo("application/x-protobuf");
        var reader = new ProtoReader(
                packed.text().getBytes(StandardCharsets.UTF_8), 0, packed.text().length());
        assertThat(reader.next()).isTrue();
        reader.enter();
        assertThat(reader.next()).isTrue();
        assertThat(reader.integer()).isEqualTo(1);
    }

    @Test
    void attributes_that_become_one_label_are_joined() throws Exception {
        json(
                "",
                "{\"name\":\"a\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":5000000,\"asInt\":1,\"attributes\":["
                        + attribute("x.y", "1") + "," + attribute("x-y", "2")
                        + ",{\"key\":\"l\",\"value\":{\"arrayValue\":{\"values\":[{\"boolValue\":true},"
                        + "{\"stringValue\":\"b\"}]}}}]}]}}");
        assertThat(store.samples).containsExactly(sample(1, "__name__", "a", "x_y", "2;1", "l", "[true,\"b\"]"));
    }

    @Test
    void what_is_no_otlp_is_a_400_with_a_status_message() throws Exception {
        var answer = send(JSON, "{\"resourceMetrics\":[7]}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).startsWith("{\"code\":3,\"message\":\"json: expected an object");
        assertThat(send(JSON, "{\"resourceMetrics\":".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(send("application/x-protobuf", new byte[] {1, 2, 3}).status())
                .isEqualTo(400);
    }

    @Test
    void however_deep_it_nests_it_is_refused_and_not_followed() throws Exception {
        String deep = "{\"arrayValue\":{\"values\":[".repeat(50);
        assertThat(json("{\"key\":\"a\",\"value\":" + deep, "").status()).isEqualTo(400);

        var out = new ProtoWriter().string(1, "x");
        for (int i = 0; i < 2000; i++) {
            var around = new ProtoWriter().bytes(1, out.toByteArray());
            out = new ProtoWriter().bytes(5, around.toByteArray());
        }
        byte[] value = out.toByteArray();
        byte[] body = new ProtoWriter()
                .begin(1)
                .begin(1)
                .begin(1)
                .string(1, "key")
                .bytes(2, value)
                .end()
                .end()
                .end()
                .toByteArray();
        assertThat(send("application/x-protobuf", body).status()).isEqualTo(400);
    }

    @Test
    void any_damaged_request_is_answered_and_never_breaks_it() {
        byte[] json = ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[" + attribute("service.name", "x")
                        + "]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"size\",\"exponentialHistogram\":{"
                        + "\"aggregationTemporality\":2,\"dataPoints\":[{\"timeUnixNano\":\"5000000\",\"count\":\"6\","
                        + "\"sum\":9,\"scale\":9,\"positive\":{\"offset\":2,\"bucketCounts\":[\"1\",\"2\",\"3\"]}}]}},"
                        + "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"count\":3,"
                        + "\"bucketCounts\":[1,2],\"explicitBounds\":[0.5],\"exemplars\":[{\"traceId\":\"0a\"}]}]}}]}]}]}")
                .getBytes(StandardCharsets.UTF_8);
        ForAll.cases(3000, random -> random).check(random -> {
            boolean asJson = random.nextBoolean();
            var message = JsonRequest.toProtobuf(json);
            byte[] body = asJson ? json.clone() : message.toByteArray();
            for (int i = random.nextInt(4); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertThat(send(asJson ? JSON : "application/x-protobuf", body).status())
                    .isIn(200, 400);
        });
    }
}
