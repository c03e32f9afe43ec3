package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Instant START = Instant.EPOCH;
    private static final Instant END = Instant.ofEpochSecond(1000);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final MemorySeries store = new MemorySeries();
    private final QueryStatistics statistics = new QueryStatistics();
    private final AtomicLong nanos = new AtomicLong();

    LimitsTest() {
        for (int i = 0; i < 10; i++) {
            store.put(Labels.of(Labels.NAME, "m", "i", "" + i), 0, i);
        }
    }

    private PromQlEngine engine(Limits limits) {
        return new PromQlEngine(store, Dialect.DEFAULT, limits, statistics, nanos::get);
    }

    private static QueryException refusal(PromQlEngine engine, String expression, Duration step) {
        var refusal = catchThrowableOfType(QueryException.class, () -> engine.range(expression, START, END, step));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Test
    void refuses_a_query_that_would_hold_too_many_samples() {
        var engine = engine(new Limits(Duration.ofMinutes(1), 1, 5000, 1 << 20));

        var refusal = refusal(engine, "m", STEP);

        assertThat(refusal.kind()).isEqualTo(QueryException.Kind.EXECUTION);
        assertThat(refusal).hasMessage("query processing would load too many samples into memory in query execution");
    }

    @Test
    void counts_the_samples_that_were_looked_at_and_not_the_points_made_of_them() throws Exception {
        var engine = engine(Limits.DEFAULT);

        assertThat(engine.instant("m[1m]", START).stats().samples()).isEqualTo(10);
        assertThat(engine.instant("m[2m:1m] offset -2m", START).stats().samples())
                .isEqualTo(20);
        assertThat(engine.instant("vector(1)[2m:1m]", START).stats().samples()).isZero();
    }

    @Test
    void refuses_a_query_for_which_no_memory_is_left_and_gives_back_what_it_held() throws Exception {
        var engine = engine(new Limits(Duration.ofMinutes(1), 1, 1_000_000, 300_000));

        assertThat(refusal(engine, "m + ignoring(i) group_left vector(1) + m", Duration.ofMillis(100)))
                .hasMessageContaining("maxMemory of etc/org.hearthwatch.query.cfg");

        assertThat(engine.memoryUsed()).isZero();
        assertThat(engine.instant("count(m)", START).value()).isNotNull();
    }

    @Test
    void texts_that_are_made_need_memory_too() throws Exception {
        var engine = engine(new Limits(Duration.ofMinutes(1), 1, 1_000_000, 200_000));
        String sources = String.join(",", Collections.nCopies(1000, "\"__name__\""));

        var refusal = catchThrowableOfType(
                QueryException.class,
                () -> engine.instant("label_join(m, \"x\", \"" + "-".repeat(100) + "\", " + sources + ")", START));

        assertThat(refusal.kind()).isEqualTo(QueryException.Kind.EXECUTION);
        assertThat(refusal).hasMessageContaining("maxMemory of etc/org.hearthwatch.query.cfg");
        assertThat(engine.memoryUsed()).isZero();
    }

    @Test
    void what_is_too_deep_for_the_stack_is_refused_and_not_broken_off() throws Exception {
        var engine = engine(Limits.DEFAULT);
        String chain =
                IntStream.range(0, 400).mapToObj(i -> "m{i!=\"x" + i + "\"}").collect(Collectors.joining("+"));

        assertThat(onSmallStack(engine, chain)).startsWith("execution: expression is too deep to be evaluated");
        assertThat(onSmallStack(engine, "m + 1")).isEqualTo("vector");
        assertThat(engine.memoryUsed()).isZero();
    }

    @Test
    void any_number_of_labels_may_be_sorted_by() throws Exception {
        var dialect = new Dialect(
                Duration.ofMinutes(5), Duration.ofMinutes(1), Set.of(Feature.PROMQL_EXPERIMENTAL_FUNCTIONS));
        var engine = new PromQlEngine(store, dialect, Limits.DEFAULT, statistics, nanos::get);
        String labels = IntStream.range(0, 5000).mapToObj(i -> "\"l" + i + "\"").collect(Collectors.joining(","));

        assertThat(onSmallStack(engine, "sort_by_label(m, " + labels + ")")).isEqualTo("vector");
    }

    /** The type of the answer, or the refusal, as a thread gets it that has little room. */
    private static String onSmallStack(PromQlEngine engine, String expression) throws InterruptedException {
        var answer = new AtomicReference<>("none");
        Runnable asking = () -> {
            try {
                answer.set(engine.instant(expression, START).value().type());
            } catch (QueryException e) {
                answer.set(e.kind().word() + ": " + e.getMessage());
            }
        };
        var thread = new Thread(null, asking, "small stack", 160 << 10);
        thread.start();
        thread.join();
        return Objects.requireNonNull(answer.get());
    }

    @Test
    void refuses_a_subquery_of_more_steps_than_there_is_memory_for() {
        var engine = engine(Limits.DEFAULT);

        // Two thousand million steps: sixteen gigabytes, were anything of them held before it is counted.
        var refusal = catchThrowableOfType(
                QueryException.class, () -> engine.instant("max_over_time(missing[2000000s:1ms])", START));

        assertThat(refusal).hasMessageContaining("maxMemory of etc/org.hearthwatch.query.cfg");
        assertThat(engine.memoryUsed()).isZero();
    }

    @Test
    void stops_when_the_time_is_over() {
        var engine = new PromQlEngine(
                store,
                Dialect.DEFAULT,
                Limits.DEFAULT,
                statistics,
                () -> nanos.addAndGet(Duration.ofMinutes(1).toNanos()));

        var refusal = refusal(engine, "m + m + m", STEP);

        assertThat(refusal.kind()).isEqualTo(QueryException.Kind.TIMEOUT);
        assertThat(refusal).hasMessage("query timed out in expression evaluation");
    }

    @Test
    void stops_when_its_thread_is_interrupted() {
        Thread.currentThread().interrupt();

        var refusal = refusal(engine(Limits.DEFAULT), "m", STEP);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(refusal.kind()).isEqualTo(QueryException.Kind.CANCELED);
    }

    @Test
    void refuses_ranges_that_make_no_sense() {
        var engine = engine(Limits.DEFAULT);

        assertThat(refusal(engine, "m", Duration.ofMillis(90))).hasMessageContaining("11,000 points");
        assertThat(refusal(engine, "m", Duration.ZERO)).hasMessageContaining("zero or negative query resolution");
        assertThat(refusal(engine, "m[5m]", STEP))
                .hasMessage(
                        "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
        assertThat(catchThrowableOfType(QueryException.class, () -> engine.range("m", END, START, STEP)))
                .hasMessage("end timestamp must not be before start time");
    }

    @Test
    void names_line_and_column_of_a_mistake() {
        var refusal = refusal(engine(Limits.DEFAULT), "m +\n  )", STEP);

        assertThat(refusal.kind()).isEqualTo(QueryException.Kind.BAD_DATA);
        assertThat(refusal).hasMessage("2:4: parse error: unexpected right parenthesis ')'");
    }

    @Test
    void counts_what_it_does() throws Exception {
        var engine = engine(Limits.DEFAULT);
        engine.instant("m", START);
        refusal(engine, "m)", STEP);
        var samples = new RecordedSamples();

        QueryMetrics.report(statistics, engine, samples);

        assertThat(samples.value("hearthwatch_query_seconds_count")).isEqualTo(2);
        assertThat(samples.value("hearthwatch_query_samples_read_total")).isEqualTo(10);
        assertThat(samples.value("hearthwatch_query_refused_total{reason=\"bad_data\"}"))
                .isEqualTo(1);
        assertThat(samples.value("hearthwatch_query_in_flight")).isZero();
        assertThat(samples.value("hearthwatch_query_memory_bytes")).isZero();
        assertThat(samples.value("hearthwatch_query_parsed_characters")).isEqualTo(1);
    }
}
