package org.hearthwatch.query.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoils expressions in every way and asks this engine and a real Prometheus what is wrong with them: both must refuse
 * the same, at the same place, in the same words, and lay out alike what they accept. Runs with {@code -Pfuzz} as
 * {@link DifferentialFuzz} does.
 */
@EnabledIfSystemProperty(named = "prometheus", matches = ".+")
class MutationFuzz {

    private static final Pattern TOKEN =
            Pattern.compile("\\s+|\"(?:\\\\.|[^\"\\\\])*\"|'[^']*'|`[^`]*`|[\\w:.]+|=~|!~|[=!<>]=|.", Pattern.DOTALL);
    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "=",
            "=~",
            "!~",
            "!=",
            "==",
            ">",
            ">=",
            "<",
            "+",
            "-",
            "*",
            "/",
            "%",
            "^",
            "@",
            "\"",
            "'",
            "`",
            "\\",
            "#",
            "\n",
            "\t",
            " ",
            "_",
            ".",
            "!",
            "~",
            "$",
            ";",
            "?",
            "|",
            "&",
            "\u00e9",
            "\u65e5",
            "\ud83d\ude00",
            "\u0000",
            "0",
            "1",
            "5m",
            "1h30m",
            "5m5m",
            "1m1h",
            "5x",
            "0x",
            "1e",
            "1e5",
            ".5",
            "5.",
            "1_0",
            "1__0",
            "0b1",
            "0o7",
            "08",
            "Inf",
            "NaN",
            "inf",
            "+Inf",
            "1ms",
            "1y1w",
            "0s",
            "1.5h",
            "9999999999999999999",
            "300y",
            "1e400",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "bool",
            "offset",
            "and",
            "or",
            "unless",
            "atan2",
            "start",
            "end",
            "step",
            "start()",
            "end()",
            "step()",
            "min(",
            "max(",
            "sum",
            "topk",
            "count_values",
            "quantile",
            "limitk",
            "limit_ratio",
            "rate",
            "rate(",
            "info(",
            "absent",
            "time()",
            "foo",
            "foo{",
            "a:b",
            ":a",
            "a::b",
            "__name__",
            "\"foo\"",
            "'a\\'",
            "\"\\x41\"",
            "\"\\u00e9\"",
            "\"\\777\"",
            "\"\\q\"",
            "{{",
            "}}",
            "[5m]",
            "[5m:]",
            "[5m:1m]",
            "[:]",
            " offset 5m",
            " offset -5m",
            " @ 1",
            " @ -1",
            " @ 1e30",
            "{a=\"b\"}",
            "{\"x\"}",
            "{__name__=\"x\"}",
            "{a=~\"(\"}",
            "{}",
            "histogram",
            "_ ",
            "x ",
            "x1",
            "stale",
            "buckets:",
            "SUM",
            "BY",
            "Offset",
            "AND",
            "BOOL",
            "nan",
            "START()");

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final String flags = System.getProperty("fuzz.features", "");

    @Test
    void refuses_as_prometheus_does(@TempDir Path home) throws Exception {
        var features = EnumSet.noneOf(Feature.class);
        for (String flag : flags.split(",", -1)) {
            Feature.ofFlag(flag).ifPresent(features::add);
        }
        var engine = new PromQlEngine(
                new MemorySeries(),
                new Dialect(Duration.ofMinutes(5), Duration.ofMinutes(1), features),
                new Limits(Duration.ofMinutes(2), 20, 50_000_000, 1L << 30),
                new QueryStatistics(),
                System::nanoTime);
        List<String> seeds = seeds();
        var generator = new RandomExpression(random, 1000, true);
        Set<String> differences = new LinkedHashSet<>();
        try (var prometheus = RealServer.prometheus(Path.of(System.getProperty("prometheus")), home, flags)) {
            for (int i = 0; i < Integer.getInteger("fuzz.cases", 2000); i++) {
                String expression = random.nextInt(4) == 0 ? generator.any() : of(seeds);
                for (int k = random.nextInt(3); k >= 0; k--) {
                    expression = spoiled(expression, of(seeds));
                }
                // Half a character cannot be sent.
                String asked = System.getProperty("fuzz.expression", expression.replaceAll("\\p{Cs}", "?"));
                difference(engine, prometheus, asked)
                        .ifPresent(found -> differences.add(asked.replace("\n", "\\n") + "\n    " + found));
            }
        }
        differences.forEach(found -> System.out.println("DIFF " + found));
        assertThat(differences).as("differences of seed %s", seed).isEmpty();
    }

    /** The expressions of the scripts and of the list of refusals. */
    private static List<String> seeds() throws IOException {
        var seeds = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/promql"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("eval")) {
                        seeds.add(line.replaceFirst(
                                "^eval\\S* (instant at \\S+|range from \\S+ to \\S+ step \\S+) +", ""));
                    }
                }
            }
        }
        for (String line : Files.readAllLines(Path.of("src/test/resources/syntax-errors.txt"))) {
            if (line.contains(" => ")) {
                seeds.add(line.substring(0, line.indexOf(" => ")).strip().replace("\\n", "\n"));
            }
        }
        return seeds;
    }

    private String of(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String spoiled(String expression, String other) {
        if (random.nextInt(3) == 0 && !expression.isEmpty()) {
            int at = random.nextInt(expression.length());
            return switch (random.nextInt(3)) {
                case 0 -> expression.substring(0, at);
                case 1 -> expression.substring(0, at) + expression.substring(at + 1);
                default -> expression.substring(0, at) + of(PIECES) + expression.substring(at);
            };
        }
        List<String> tokens =
                TOKEN.matcher(expression).results().map(MatchResult::group).collect(Collectors.toList());
        List<String> others =
                TOKEN.matcher(other).results().map(MatchResult::group).toList();
        if (tokens.isEmpty() || others.isEmpty()) {
            return of(PIECES);
        }
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(6)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.set(at, of(PIECES));
            case 2 -> tokens.add(at, of(PIECES));
            case 3 -> tokens.add(at, of(others));
            case 4 -> tokens.set(at, of(others));
            default -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        }
        return String.join("", tokens);
    }

    private static Optional<String> difference(PromQlEngine engine, RealServer prometheus, String expression)
            throws Exception {
        Map<String, Object> theirs =
                prometheus.query("/api/v1/query", Map.of("query", expression, "time", "1000", "timeout", "10"));
        String expected = "error".equals(theirs.get("status"))
                ? theirs.get("errorType") + ": "
                        + String.valueOf(theirs.get("error")).replaceFirst("^invalid parameter \"query\": ", "")
                : "";
        String found;
        try {
            engine.instant(expression, Instant.ofEpochSecond(1000));
            found = "";
        } catch (QueryException e) {
            found = e.kind().word() + ": " + e.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("crashed: " + e + " at " + e.getStackTrace()[0]);
        }
        boolean crashed = expected.endsWith(": unexpected error");
        // A text here is no row of bytes: one that is no UTF-8 is shown otherwise.
        boolean bytes = found.contains("\ufffd");
        if (!found.isEmpty() && (crashed || bytes)) {
            return Optional.empty();
        }
        if (!found.equals(expected)) {
            return Optional.of("<" + found + "> instead of <" + expected + ">");
        }
        if (!expected.isEmpty()) {
            return Optional.empty();
        }
        String layout = engine.format(expression);
        Object tree = Json.read(engine.tree(expression));
        Object theirLayout = prometheus
                .query("/api/v1/format_query", Map.of("query", expression))
                .get("data");
        Object theirTree = prometheus
                .query("/api/v1/parse_query", Map.of("query", expression))
                .get("data");
        if (!layout.equals(theirLayout)) {
            return Optional.of("laid out <" + layout + "> instead of <" + theirLayout + ">");
        }
        return tree.equals(theirTree)
                ? Optional.empty()
                : Optional.of("tree <" + tree + "> instead of <" + theirTree + ">");
    }
}
