package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.query.evaluation.Crew;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {

    private static final int SERIES = 200;
    private static final int SAMPLES = 120;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final MemorySeries store = new MemorySeries();

    CrewTest() {
        for (int series = 0; series < SERIES; series++) {
            Labels labels = Labels.of(Labels.NAME, "metric" + series % 7, "series", Integer.toString(series));
            for (int i = 0; i < SAMPLES; i++) {
                store.put(labels, i * 15_000L, Math.sin(series + 1) * (i % (10 + series % 5)));
            }
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private QueryResult answer(String expression, Crew crew) throws Exception {
        var engine =
                new PromQlEngine(store, Dialect.DEFAULT, Limits.DEFAULT, new QueryStatistics(), System::nanoTime, crew);
        return engine.range(
                expression, Instant.EPOCH, Instant.ofEpochSecond(1800), Duration.ofSeconds(3), QueryOptions.DEFAULT);
    }

    /** Every series with its bits. */
    private static List<String> text(QueryResult result) {
        return ((QueryValue.Matrix) result.value())
                .series().stream()
                        .map(series -> series.labels()
                                + Arrays.toString(series.timestamps())
                                + Arrays.toString(series.values()))
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{series=~\".+\"}",
                "rate({series=~\".+\"}[5m])",
                "sum by (__name__) (max_over_time({series=~\".+\"}[3m]))",
                "avg(increase({series=~\".+\"}[2m]))"
            })
    void helpers_change_nothing_about_an_answer(String expression) throws Exception {
        QueryResult alone = answer(expression, Crew.NONE);
        QueryResult helped = answer(expression, new Crew(threads, 4));

        assertThat(text(helped)).isNotEmpty().isEqualTo(text(alone));
        assertThat(helped.infos()).isEqualTo(alone.infos());
        assertThat(helped.samplesRead()).isEqualTo(alone.samplesRead());
        assertThat(helped.stats().samplesPerStep()).isEqualTo(alone.stats().samplesPerStep());
    }

    @ParameterizedTest
    @ValueSource(strings = "rate({series=~\".+\"}[5m])")
    void a_crew_that_refuses_leaves_the_work_to_the_asker(String expression) throws Exception {
        var refusing = new Crew(
                task -> {
                    throw new RejectedExecutionException();
                },
                4);

        assertThat(text(answer(expression, refusing))).isEqualTo(text(answer(expression, Crew.NONE)));
    }
}
