package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.query.evaluation.Crew;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedPartsTest {

    private final MemorySeries store = new MemorySeries();
    private final AtomicInteger selections = new AtomicInteger();

    SharedPartsTest() {
        for (int i = 0; i < 40; i++) {
            store.put(Labels.of(Labels.NAME, "a_total", "job", "x"), i * 15_000L, i * i);
            store.put(Labels.of(Labels.NAME, "a_total", "job", "y"), i * 15_000L, 3 * i);
        }
    }

    /** The store, with a count of how often samples are asked for. */
    private SeriesReader counting() {
        return (SeriesReader) Proxy.newProxyInstance(
                SeriesReader.class.getClassLoader(),
                new Class<?>[] {SeriesReader.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("select")) {
                        selections.incrementAndGet();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private QueryResult answer(String expression) throws Exception {
        var engine = new PromQlEngine(
                counting(), Dialect.DEFAULT, Limits.DEFAULT, new QueryStatistics(), System::nanoTime, Crew.NONE);
        QueryResult result = engine.range(
                expression, Instant.EPOCH, Instant.ofEpochSecond(600), Duration.ofSeconds(20), QueryOptions.DEFAULT);
        assertThat(engine.memoryUsed()).isZero();
        return result;
    }

    private static double[] values(QueryResult result) {
        return ((QueryValue.Matrix) result.value())
                .series().stream()
                        .flatMapToDouble(series -> Arrays.stream(series.values()))
                        .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        // each with the same said in a way that shares nothing, and how often the store is asked
        "'(a_total - 2) / a_total + a_total', '(a_total - 2) / (a_total offset 0s) + last_over_time(a_total[5m])', 1",
        "'-a_total + a_total * a_total', '-a_total + (a_total offset 0s) * last_over_time(a_total[5m])', 1",
        "'rate(a_total[2m]) + rate(a_total[2m])', '2 * rate(a_total[2m])', 1",
        "'rate(a_total[2m]) + rate(a_total[3m])', 'rate(a_total[3m]) + rate(a_total[2m])', 2",
        "'a_total + a_total offset 1m', 'a_total offset 1m + a_total', 2",
        "'max_over_time(a_total[2m:20s]) - a_total', 'max_over_time(a_total[2m:20s]) - a_total offset 0s', 2",
        "'a_total @ 60 + a_total @ 60', '2 * a_total @ 60', 1"
    })
    void what_stands_twice_is_read_once_and_changes_nothing(String expression, String same, int asked)
            throws Exception {
        QueryResult result = answer(expression);
        int selected = selections.get();

        assertThat(values(result)).isNotEmpty().containsExactly(values(answer(same)));
        assertThat(selected).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"'a_total + a_total', a_total", "'rate(a_total[2m]) - rate(a_total[2m])', rate(a_total[2m])"})
    void the_samples_count_for_every_place(String twice, String once) throws Exception {
        long[] both = answer(twice).stats().samplesPerStep();
        long[] one = answer(once).stats().samplesPerStep();

        assertThat(both)
                .containsExactly(Arrays.stream(one).map(samples -> 2 * samples).toArray());
    }

    @ParameterizedTest
    @CsvSource("'rate({job=\"x\",__name__=~\"a.*\"}[2m]) + rate({job=\"x\",__name__=~\"a.*\"}[2m])'")
    void a_remark_points_to_the_last_place(String expression) throws Exception {
        store.clear();
        for (int i = 0; i < 40; i++) {
            store.put(Labels.of(Labels.NAME, "a_gauge", "job", "x"), i * 15_000L, i);
        }

        assertThat(answer(expression).infos()).singleElement().asString().endsWith("(1:44)");
    }
}
