package org.hearthwatch.query.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks this engine and a real Prometheus for functions of many numbers and compares the answers to the last digit. Runs
 * with {@code -Pfuzz} and {@code -Dprometheus=/path/to/prometheus}.
 */
@EnabledIfSystemProperty(named = "prometheus", matches = ".+")
class LastDigitFuzz {

    private static final List<String> FUNCTIONS = List.of(
            "exp", "ln", "log2", "log10", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
            "asinh", "acosh", "atanh", "deg", "rad");
    private static final List<String> SPECIAL = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "Inf",
            "-Inf",
            "NaN",
            "5e-324",
            "-5e-324",
            "1.7976931348623157e308",
            "2.2e-308",
            "709.8",
            "-708.4",
            "-708.3",
            "-745.2",
            "0.5",
            "-0.5",
            "2",
            "3",
            "-3",
            "1e300",
            "-1e15",
            "1e-9",
            "1e-17");

    private final SplittableRandom random = new SplittableRandom(Long.getLong("fuzz.seed", System.nanoTime()));

    @Test
    void numbers_agree_to_the_last_digit(@TempDir Path home) throws Exception {
        var engine = new PromQlEngine(
                new MemorySeries(),
                new Dialect(Duration.ofMinutes(5), Duration.ofMinutes(1), Set.of()),
                new Limits(Duration.ofMinutes(2), 20, 50_000_000, 1L << 30),
                new QueryStatistics(),
                System::nanoTime);
        var expressions = new ArrayList<String>();
        for (String value : SPECIAL) {
            FUNCTIONS.forEach(function -> expressions.add(function + "(vector(" + value + "))"));
            for (String other : SPECIAL) {
                expressions.add("vector(" + value + ") ^ " + other);
                expressions.add("vector(" + value + ") atan2 " + other);
                expressions.add("vector(" + value + ") % " + other);
            }
        }
        for (int i = 0; i < Integer.getInteger("fuzz.cases", 2000); i++) {
            FUNCTIONS.forEach(function -> expressions.add(function + "(vector(" + number() + "))"));
            for (String operator : List.of("^", "atan2", "%")) {
                expressions.add("vector(" + number() + ") " + operator + " " + number());
            }
        }
        var differences = new ArrayList<String>();
        try (var prometheus = RealServer.prometheus(Path.of(System.getProperty("prometheus")), home, "")) {
            for (int from = 0; from < expressions.size(); from += 100) {
                List<String> some = expressions.subList(from, Math.min(expressions.size(), from + 100));
                var all = new ArrayList<String>();
                for (int i = 0; i < some.size(); i++) {
                    all.add("label_replace(" + some.get(i) + ", \"i\", \"" + i + "\", \"\", \"\")");
                }
                compare(engine, prometheus, some, String.join(" or ", all), differences);
            }
        }
        differences.forEach(found -> System.out.println("DIFF " + found));
        assertThat(differences).isEmpty();
    }

    private String number() {
        double number = switch (random.nextInt(5)) {
            case 0 -> random.nextDouble() * 2 - 1;
            case 1 -> random.nextDouble() * 2000 - 1000;
            case 2 -> random.nextInt(200) / 10.0 - 10;
            case 3 -> random.nextDouble() * 1e12;
            default -> Double.longBitsToDouble(random.nextLong());
        };
        return Double.isFinite(number) ? String.valueOf(number) : "0.25";
    }

    @SuppressWarnings("unchecked")
    private static void compare(
            PromQlEngine engine, RealServer prometheus, List<String> asked, String all, List<String> differences)
            throws Exception {
        Map<String, Object> theirs = prometheus.query("/api/v1/query", Map.of("query", all, "time", "1000"));
        var data = (Map<String, Object>) Objects.requireNonNull(theirs.get("data"), String.valueOf(theirs));
        var mine = (QueryValue.Vector)
                engine.instant(all, Instant.ofEpochSecond(1000)).value();
        for (Object element : (List<Object>) Objects.requireNonNull(data.get("result"))) {
            var series = (Map<String, Object>) element;
            var labels = (Map<String, String>) Objects.requireNonNull(series.get("metric"));
            String text = ((List<Object>) Objects.requireNonNull(series.get("value")))
                    .get(1)
                    .toString();
            double expected = Double.parseDouble(text.replace("Inf", "Infinity"));
            double found = mine.samples().stream()
                    .filter(sample -> sample.labels().equals(Labels.of(labels)))
                    .findFirst()
                    .orElseThrow()
                    .value();
            if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(found)) {
                differences.add(
                        asked.get(Integer.parseInt(labels.get("i"))) + " = " + found + " instead of " + expected);
            }
        }
    }
}
