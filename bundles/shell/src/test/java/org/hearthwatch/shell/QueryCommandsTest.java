package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryCommandsTest {

    private final Engine engine = new Engine();
    private final TestScreen screen = new TestScreen().with(QueryEngine.class, engine);

    /** Answers what the test put there, and remembers what was asked. */
    private static final class Engine implements QueryEngine {

        QueryValue answer = new QueryValue.Scalar(0, 0);
        final List<String> asked = new ArrayList<>();

        @Override
        public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
            if (expression.equals("1 +")) {
                throw new QueryException(QueryException.Kind.BAD_DATA, "1:4: parse error: unexpected end");
            }
            asked.add(expression + " @ " + at);
            return new QueryResult(answer, List.of("a block is damaged"), List.of(), 1);
        }

        @Override
        public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options) {
            asked.add(expression + " " + start + ".." + end + " " + step);
            return new QueryResult(answer, List.of(), List.of(), 1);
        }

        @Override
        public String format(String expression) {
            return expression;
        }
    }

    @BeforeEach
    void answerTwoSeries() {
        engine.answer = new QueryValue.Vector(List.of(
                new Sample(Labels.of("__name__", "up", "job", "node"), 1000, 1),
                new Sample(Labels.of("__name__", "up", "job", "docker"), 1000, 0)));
    }

    @Test
    void shows_a_vector_as_a_table_with_its_warnings_beside() {
        assertThat(screen.run("query up")).isZero();
        assertThat(screen.out()).isEqualTo("""
                        SERIES            VALUE
                        up{job="node"}        1
                        up{job="docker"}      0
                        """);
        assertThat(screen.err()).contains("Warning: a block is damaged");
        assertThat(engine.asked).containsExactly("up @ 2026-01-02T03:04:05Z");
    }

    @Test
    void asks_at_the_moment_given() {
        screen.run("query up --at -1h");

        assertThat(engine.asked).containsExactly("up @ 2026-01-02T02:04:05Z");
    }

    @Test
    void json_is_the_data_of_prometheus() {
        screen.run("query up --json");

        assertThat(screen.out().strip())
                .isEqualTo("{\"resultType\":\"vector\",\"result\":["
                        + "{\"metric\":{\"__name__\":\"up\",\"job\":\"node\"},\"value\":[1,\"1\"]},"
                        + "{\"metric\":{\"__name__\":\"up\",\"job\":\"docker\"},\"value\":[1,\"0\"]}],"
                        + "\"warnings\":[\"a block is damaged\"],\"infos\":[]}");
    }

    @Test
    void a_range_is_drawn_with_a_step_that_fits() {
        engine.answer = matrix(1);

        assertThat(screen.run("query rate --from -1h")).isZero();

        assertThat(engine.asked).containsExactly("rate 2026-01-02T02:04:05Z..2026-01-02T03:04:05Z PT30S");
        assertThat(screen.out())
                .contains("up{job=\"0\"}")
                .containsPattern("10 ┤.*[⠁-⣿]")
                .contains("└───")
                .contains("LOWEST  MEAN  HIGHEST  LAST")
                .contains("2026-01-02 02:04:05 to 2026-01-02 03:04:05, a point every 30s");
    }

    @Test
    void many_series_are_bars() {
        engine.answer = matrix(6);

        screen.run("query rate --from -1h --to now --step 1m");

        assertThat(screen.out()).contains("COURSE").contains("▁").contains("█").doesNotContain("┤");
        assertThat(engine.asked.get(0)).endsWith("PT1M");
    }

    @Test
    void more_series_than_anyone_reads_are_cut_with_a_word() {
        engine.answer = matrix(130);

        screen.run("query rate --from -1h");

        assertThat(screen.out()).contains("30 more series are not shown");
    }

    @Test
    void an_empty_answer_says_where_to_look() {
        engine.answer = new QueryValue.Vector(List.of());
        screen.run("query nothing");
        assertThat(screen.out()).contains("hw:metric-list");

        engine.answer = new QueryValue.Matrix(List.of());
        screen.run("query nothing --from -1h");
        assertThat(screen.out()).contains("hw:metric-list");
    }

    @Test
    void a_syntax_error_is_exit_code_one_with_its_place() {
        assertThat(screen.run("query 1_+")).isEqualTo(1);
        assertThat(screen.err().strip()).isEqualTo("1:4: parse error: unexpected end");
    }

    @Test
    void options_that_do_not_go_together_are_exit_code_two() {
        assertThat(screen.run("query up --to now")).isEqualTo(2);
        assertThat(screen.err()).contains("--from");
        assertThat(screen.run("query up --at now --from -1h")).isEqualTo(2);
        assertThat(screen.run("query up --from now --to -1h")).isEqualTo(2);
        assertThat(screen.run("query up --from -1h --step 0s")).isEqualTo(2);
        assertThat(screen.run("query up --at yesterday")).isEqualTo(2);
        assertThat(screen.err()).contains("\"yesterday\" is no time");
        assertThat(engine.asked).isEmpty();
    }

    private QueryValue matrix(int series) {
        long end = screen.clock.instant().toEpochMilli();
        List<QueryValue.Series> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            long[] times = {end - 3_600_000, end - 1_800_000, end};
            all.add(new QueryValue.Series(
                    Labels.of("__name__", "up", "job", Integer.toString(i)), times, new double[] {0, 5, 10}));
        }
        return new QueryValue.Matrix(all);
    }
}
