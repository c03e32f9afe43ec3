package org.hearthwatch.query.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.evaluation.Crew;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks this engine and a real Prometheus the same and compares everything they say. Runs with {@code -Pfuzz} and
 * {@code -Dprometheus=/path/to/prometheus}; {@code -Dfuzz.seed}, {@code -Dfuzz.cases} and {@code -Dfuzz.features} (a
 * list as Prometheus's {@code --enable-feature} takes it) are optional, and {@code -Dfuzz.expression} asks only that one.
 */
@EnabledIfSystemProperty(named = "prometheus", matches = ".+")
class DifferentialFuzz {

    /** Of equal values these take the one that comes first, and nothing but Prometheus's memory says which that is. */
    private static final Pattern TAKES_WHICHEVER = Pattern.compile("topk|bottomk|limitk");

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final String flags = System.getProperty("fuzz.features", "promql-experimental-functions");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answers_as_prometheus_does(@TempDir Path home) throws Exception {
        var random = new SplittableRandom(seed);
        long end = System.currentTimeMillis() / 60_000 * 60_000;
        long start = end - Duration.ofMinutes(16).toMillis();
        List<Sample> samples = RandomData.from(random, start);
        var store = new MemorySeries();
        for (Sample sample : samples) {
            if (sample.histogram().isPresent()) {
                store.put(
                        sample.labels(), sample.timestamp(), sample.histogram().get());
            } else {
                store.put(sample.labels(), sample.timestamp(), sample.value());
            }
        }
        var features = EnumSet.noneOf(Feature.class);
        for (String flag : flags.split(",", -1)) {
            Feature.ofFlag(flag).ifPresent(features::add);
        }
        var dialect = new Dialect(Duration.ofMinutes(5), Duration.ofMinutes(1), features);
        var limits = new Limits(Duration.ofMinutes(2), 20, 50_000_000, 1L << 30);
        // Small questions are shared out too, so that an answer that depends on who worked at it is found.
        var crew = new Crew(threads, 3, 1);
        var engine = new PromQlEngine(store, dialect, limits, new QueryStatistics(), System::nanoTime, crew);
        var differences = new ArrayList<String>();
        int cases = Integer.getInteger("fuzz.cases", 2000);
        try (var prometheus = RealServer.prometheus(Path.of(System.getProperty("prometheus")), home, flags)) {
            // One moment at a time: of what comes together, Prometheus takes the numbers before the histograms.
            for (int from = 0; from < samples.size(); ) {
                int to = from;
                while (to < samples.size()
                        && samples.get(to).timestamp() == samples.get(from).timestamp()) {
                    to++;
                }
                prometheus.write(samples.subList(from, to));
                from = to;
            }
            var expressions =
                    new RandomExpression(random, start / 1000, features.contains(Feature.PROMQL_DURATION_EXPR));
            for (int i = 0; i < cases; i++) {
                String expression = System.getProperty("fuzz.expression", expressions.any());
                long at = start + random.nextInt(1000) * 1000L;
                boolean range = random.nextInt(3) == 0;
                long step = List.of(7_000L, 15_000L, 60_000L, 300_000L).get(random.nextInt(4));
                lastingDifference(engine, prometheus, expression, at, range ? step : 0)
                        .ifPresent(found -> differences.add(expression + "  at " + (at - start) / 1000
                                + (range ? " step " + step : "") + "\n    " + found));
            }
        }
        differences.forEach(found -> System.out.println("DIFF " + found));
        assertThat(differences)
                .as("differences in %s cases of seed %s", cases, seed)
                .isEmpty();
    }

    /** What Prometheus itself answers now like this and now like that is no difference. */
    private static Optional<String> lastingDifference(
            PromQlEngine engine, RealServer prometheus, String expression, long at, long step) throws Exception {
        Optional<String> found = difference(engine, prometheus, expression, at, step);
        for (int i = 0; i < 4 && found.isPresent(); i++) {
            found = difference(engine, prometheus, expression, at, step);
        }
        return found;
    }

    private static Optional<String> difference(
            PromQlEngine engine, RealServer prometheus, String expression, long at, long step) throws Exception {
        Instant start = Instant.ofEpochMilli(at);
        Instant end = Instant.ofEpochMilli(at + 4 * step);
        Map<String, Object> theirs = step == 0
                ? prometheus.query("/api/v1/query", Map.of("query", expression, "time", seconds(at), "stats", "all"))
                : prometheus.query(
                        "/api/v1/query_range",
                        Map.of(
                                "query",
                                expression,
                                "start",
                                seconds(at),
                                "end",
                                seconds(at + 4 * step),
                                "step",
                                seconds(step),
                                "stats",
                                "all"));
        boolean failed = "error".equals(theirs.get("status"));
        if (failed && isArbitrary(String.valueOf(theirs.get("error")))) {
            return Optional.empty();
        }
        try {
            QueryResult ours = step == 0
                    ? engine.instant(expression, start)
                    : engine.range(expression, start, end, Duration.ofMillis(step));
            return failed
                    ? Optional.of("answered instead of " + theirs.get("error"))
                    : Comparison.of(ours, theirs, trust(expression, step == 0), !mayHoldHistograms(expression));
        } catch (QueryException e) {
            String message = String.valueOf(theirs.get("error"));
            String expected = message.replaceFirst("^invalid parameter \"query\": ", "");
            return failed && expected.equals(e.getMessage())
                    ? Optional.empty()
                    : Optional.of("refused with <" + e.getMessage() + "> instead of <"
                            + (failed ? expected : "an answer") + ">");
        } catch (PatternSyntaxException e) {
            // The store of this test knows other patterns than RE2.
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("crashed: " + e + " at " + e.getStackTrace()[0]);
        }
    }

    private static boolean mayHoldHistograms(String expression) {
        return Stream.of("native", "custom", "mixed", "fine", "{").anyMatch(expression::contains);
    }

    private static Comparison.Trust trust(String expression, boolean instant) {
        if (TAKES_WHICHEVER.matcher(expression).find()) {
            return Comparison.Trust.TYPE;
        }
        return instant && expression.startsWith("sort") ? Comparison.Trust.ORDER : Comparison.Trust.SERIES;
    }

    /** Complaints that name whichever of several series comes first in a hash table. */
    private static boolean isArbitrary(String message) {
        return message.contains("duplicate series")
                || message.contains("multiple matches for labels")
                || message.contains("unexpected error: runtime error")
                // Texts in parentheses are more than its evaluation of what is the same at every step bears.
                || message.contains("unexpected result in StepInvariantExpr evaluation");
    }

    private static String seconds(long millis) {
        return String.valueOf(millis / 1000.0);
    }
}
