package org.hearthwatch.query.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.query.QueryValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramReaderTest {

    private static NativeHistogram read(String buckets) throws IOException {
        String json =
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":"
                        + "[1,{\"count\":\"6\",\"sum\":\"1.5\"" + (buckets.isEmpty() ? "" : ",\"buckets\":" + buckets)
                        + "}]}]}}";
        RemoteAnswer answer = AnswerReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        return ((QueryValue.Vector) answer.value().orElseThrow())
                .samples()
                .get(0)
                .histogram()
                .orElseThrow();
    }

    private static NativeHistogram exponential(
            int schema, double threshold, double zero, Buckets positive, Buckets negative) {
        return new NativeHistogram(ResetHint.UNKNOWN, schema, threshold, zero, 6, 1.5, positive, negative);
    }

    private static Buckets buckets(int offset, double... counts) {
        return new Buckets(List.of(new Span(offset, counts.length)), counts);
    }

    @Test
    void one_without_buckets() throws Exception {
        assertThat(read("")).isEqualTo(exponential(-4, 0, 0, Buckets.NONE, Buckets.NONE));
    }

    @Test
    void both_sides_around_zero() throws Exception {
        assertThat(
                        read(
                                "[[1,\"-2\",\"-1\",\"1\"],[3,\"-0.001\",\"0.001\",\"2\"],[0,\"0.5\",\"1\",\"1\"],[0,\"1\",\"2\",\"2\"]]"))
                .isEqualTo(exponential(0, 0.001, 2, buckets(0, 1, 2), buckets(1, 1)));
    }

    @Test
    void fine_buckets_with_gaps() throws Exception {
        // schema 2: bounds are powers of the fourth root of two
        assertThat(
                        read(
                                "[[0,\"1\",\"1.189207115002721\",\"4\"],[0,\"1.414213562373095\",\"1.6817928305074288\",\"2\"]]"))
                .isEqualTo(exponential(
                        2, 0, 0, new Buckets(List.of(new Span(1, 1), new Span(1, 1)), 4, 2), Buckets.NONE));
    }

    @Test
    void a_bucket_that_zero_reaches_into() throws Exception {
        assertThat(read("[[3,\"-0.75\",\"0.75\",\"2\"],[0,\"0.75\",\"1\",\"1\"],[0,\"1\",\"2\",\"3\"]]"))
                .isEqualTo(exponential(0, 0.75, 2, buckets(0, 1, 3), Buckets.NONE));
    }

    @Test
    void bounds_of_its_own() throws Exception {
        assertThat(read("[[3,\"-Inf\",\"0.1\",\"1\"],[0,\"0.1\",\"0.5\",\"2\"],[0,\"2.5\",\"+Inf\",\"3\"]]"))
                .isEqualTo(new NativeHistogram(
                        ResetHint.UNKNOWN,
                        NativeHistogram.CUSTOM_BOUNDS,
                        0,
                        0,
                        6,
                        1.5,
                        new Buckets(List.of(new Span(0, 2), new Span(1, 1)), 1, 2, 3),
                        Buckets.NONE,
                        0.1,
                        0.5,
                        2.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[0,\"1\"]]",
                "[[0,\"x\",\"2\",\"1\"]]",
                "[1,2]",
                "{}",
                "[[3,\"-1\",\"1\",\"1\"],[0,\"1.3\",\"2.7\",\"1\"],[0,\"NaN\",\"NaN\",\"2\"]]"
            })
    void what_is_no_histogram_is_refused(String buckets) {
        assertThatThrownBy(() -> read(buckets)).isInstanceOf(IOException.class);
    }
}
