package org.hearthwatch.query.script;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every script below {@code promql/}; one in a folder that is named like a feature has that feature on. */
class PromQlScriptTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/promql");

    @TestFactory
    Stream<DynamicContainer> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".test")).sorted().toList().stream()
                    .map(PromQlScriptTest::script);
        }
    }

    private static DynamicContainer script(Path file) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        file.forEach(part -> Feature.ofFlag(part.toString()).ifPresent(features::add));
        var store = new MemorySeries();
        var dialect = new Dialect(Duration.ofMinutes(5), Duration.ofMinutes(1), features);
        var engine = new PromQlEngine(store, dialect, Limits.DEFAULT, new QueryStatistics(), System::nanoTime);
        var run = new ScriptRun(store, engine);
        var tests = new ArrayList<DynamicTest>();
        Runnable pending = () -> {};
        for (Script.Step step : Script.parse(read(file)).steps()) {
            if (step instanceof Script.Clear) {
                pending = then(pending, store::clear);
            } else if (step instanceof Script.Load load) {
                pending = then(pending, () -> run.load(load));
            } else if (step instanceof Script.Eval eval) {
                Runnable before = pending;
                pending = () -> {};
                tests.add(dynamicTest(eval.line() + ": " + eval.expression(), () -> {
                    before.run();
                    run.check(eval);
                }));
            }
        }
        return dynamicContainer(SCRIPTS.relativize(file).toString(), tests);
    }

    private static Runnable then(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
