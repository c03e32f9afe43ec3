package org.hearthwatch.query.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.fuzz.RealServer;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the real programs, where they are installed, what the embedded engine is asked as well. */
class RealRemotesTest {

    /** No sample lies where a range begins: whether it counts is another matter in Prometheus 2. */
    private static final List<String> QUESTIONS = List.of(
            "m_total",
            "sum by (job) (rate(m_total[130s]))",
            "topk(2, m_total)",
            "m_total{i=~\"1|3\"} * on (i) group_left () m_total",
            "avg_over_time(m_total[310s]) > 3",
            "vector(1) / 0",
            "1 + 2");

    @TempDir
    private Path folder;

    private final MemorySeries store = new MemorySeries();
    private final List<Sample> samples = new ArrayList<>();
    private final long end = System.currentTimeMillis() / 15_000 * 15_000;

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private void put(Labels labels, long time, double value) {
        store.put(labels, time, value);
        samples.add(new Sample(labels, time, value));
    }

    private void data() {
        for (int step = 0; step < 80; step++) {
            for (int i = 0; i < 5; i++) {
                var labels = Labels.of(Labels.NAME, "m_total", "job", i < 3 ? "a" : "b", "i", Integer.toString(i));
                put(labels, end - (79 - step) * 15_000L, step * i * 1.25);
            }
        }
    }

    private QueryComponent component(RealServer server) {
        var component = new QueryComponent(
                store, Configs.of(QueryConfig.class, Map.of("engine", "remote", "remoteUrl", server.base())));
        component.bindGate(new Open());
        return component;
    }

    /** Lets everything out. */
    private record Open() implements Egress {
        @Override
        public void permit(String purpose, String host, int port) {}

        @Override
        public SSLContext tls(String host, int port) {
            throw new IllegalStateException("no TLS here");
        }
    }

    private void compare(QueryComponent remote) throws Exception {
        var embedded = new QueryComponent(store, Configs.defaults(QueryConfig.class));
        Instant last = Instant.ofEpochMilli(end);
        for (String question : QUESTIONS) {
            QueryResult there = remote.instant(question, last);
            assertThat(there.warnings()).as(question).isEmpty();
            assertSame(question, there.value(), embedded.instant(question, last).value());
            Instant first = last.minus(Duration.ofMinutes(10));
            assertSame(
                    question,
                    remote.range(question, first, last, Duration.ofSeconds(30)).value(),
                    embedded.range(question, first, last, Duration.ofSeconds(30))
                            .value());
        }
        List<List<Matcher>> some = List.of(List.of(Matcher.metric("m_total"), Matcher.equal("i", "2")));
        long from = end - 600_000;
        assertThat(remote.series(some, from, end, OptionalInt.empty()))
                .isEqualTo(embedded.series(some, from, end, OptionalInt.empty()));
        assertThat(remote.labelNames(some, from, end, OptionalInt.empty()))
                .isEqualTo(embedded.labelNames(some, from, end, OptionalInt.empty()));
        assertThat(remote.labelValues("i", List.of(), from, end, OptionalInt.empty()))
                .isEqualTo(embedded.labelValues("i", List.of(), from, end, OptionalInt.empty()));
    }

    private static void assertSame(String question, QueryValue there, QueryValue here) {
        List<QueryValue.Series> theirs = series(there);
        List<QueryValue.Series> ours = series(here);
        assertThat(theirs).as(question).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(theirs.get(i).labels())
                    .as(question)
                    .isEqualTo(ours.get(i).labels());
            assertThat(theirs.get(i).timestamps())
                    .as(question)
                    .isEqualTo(ours.get(i).timestamps());
            assertThat(theirs.get(i).values())
                    .as(question)
                    .containsExactly(ours.get(i).values(), within(1e-9));
            assertThat(theirs.get(i).histograms())
                    .as(question)
                    .hasSameSizeAs(ours.get(i).histograms());
        }
    }

    private static List<QueryValue.Series> series(QueryValue value) {
        if (value instanceof QueryValue.Matrix matrix) {
            return matrix.series();
        }
        if (value instanceof QueryValue.Scalar scalar) {
            return List.of(new QueryValue.Series(
                    Labels.EMPTY, new long[] {scalar.timestamp()}, new double[] {scalar.value()}));
        }
        return ((QueryValue.Vector) value)
                .samples().stream()
                        .map(sample -> new QueryValue.Series(
                                sample.labels(), new long[] {sample.timestamp()}, new double[] {sample.value()}))
                        .sorted(java.util.Comparator.comparing(QueryValue.Series::labels))
                        .toList();
    }

    @Test
    @SuppressWarnings("try") // It is stopped in the middle on purpose.
    void prometheus_answers_as_the_embedded_engine_does_and_is_replaced_when_it_stops() throws Exception {
        assumeTrue(isInstalled("prometheus"), "prometheus is not installed");
        data();
        try (var server = RealServer.prometheus(Path.of("prometheus"), folder, "")) {
            server.write(samples);
            var component = component(server);
            compare(component);
            assertRefuses(component, "sum(");

            server.close();

            QueryResult left = component.instant("count(m_total)", Instant.ofEpochMilli(end));
            assertThat(left.warnings()).singleElement().asString().contains("does not answer");
            assertThat(((QueryValue.Vector) left.value()).samples().get(0).value())
                    .isEqualTo(5);
        }
    }

    @Test
    void native_histograms_come_back_from_prometheus_with_the_same_buckets() throws Exception {
        assumeTrue(isInstalled("prometheus"), "prometheus is not installed");
        var buckets = new NativeHistogram.Buckets(
                List.of(new NativeHistogram.Span(-2, 3), new NativeHistogram.Span(4, 2)), 1, 2, 3, 4, 5);
        var histogram = new NativeHistogram(
                NativeHistogram.ResetHint.UNKNOWN, 3, 0.001, 2, 17, 21.5, buckets, NativeHistogram.Buckets.NONE);
        samples.add(new Sample(Labels.of(Labels.NAME, "h"), end, histogram));
        try (var server = RealServer.prometheus(Path.of("prometheus"), folder, "")) {
            server.write(samples);

            QueryValue value =
                    component(server).instant("h", Instant.ofEpochMilli(end)).value();

            assertThat(((QueryValue.Vector) value).samples().get(0).histogram()).hasValue(histogram);
        }
    }

    @Test
    void victoria_metrics_answers_as_the_embedded_engine_does() throws Exception {
        assumeTrue(isInstalled("victoria-metrics"), "victoria-metrics is not installed");
        data();
        try (var server = RealServer.victoria(Path.of("victoria-metrics"), folder)) {
            server.write(samples);
            server.flush();
            var component = component(server);
            Instant last = Instant.ofEpochMilli(end);
            for (String question : List.of("m_total", "sum by (job) (m_total)", "topk(2, m_total)", "1 + 2")) {
                QueryResult there = component.instant(question, last);
                assertThat(there.warnings()).as(question).isEmpty();
                var embedded = new QueryComponent(store, Configs.defaults(QueryConfig.class));
                assertThat(series(there.value()))
                        .as(question)
                        .hasSameSizeAs(series(embedded.instant(question, last).value()));
            }
            assertThat(component
                            .labelValues("i", List.of(), end - 600_000, end, OptionalInt.empty())
                            .values())
                    .containsExactly("0", "1", "2", "3", "4");
            assertThat(component
                            .series(
                                    List.of(List.of(Matcher.metric("m_total"))),
                                    end - 600_000,
                                    end,
                                    OptionalInt.empty())
                            .values())
                    .hasSize(5);
            assertRefuses(component, "sum(");
        }
    }

    private static void assertRefuses(QueryComponent component, String question) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> component.instant(question, Instant.now()))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        refusal -> assertThat(refusal.kind())
                                .isIn(QueryException.Kind.BAD_DATA, QueryException.Kind.EXECUTION));
    }
}
