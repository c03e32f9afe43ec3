package org.hearthwatch.alert.unittest;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hearthwatch.alert.rule.FilePattern;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.yaml.ProblemText;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.store.SeriesReader;

/** Runs files of unit tests as {@code promtool test rules} does, with its words for what differs. */
public final class UnitTests {

    private final Engines engines;
    private final boolean ignoresUnknown;
    private final Predicate<String> chosen;
    private final LongSupplier nanoTime;

    /** Makes engines that answer over a store, with a step for subqueries that name none. */
    @FunctionalInterface
    public interface Engines {
        QueryEngine over(SeriesReader reader, Duration subqueryStep);
    }

    /**
     * A runner.
     *
     * @param ignoresUnknown whether fields of rule files that are not known are passed over
     * @param chosen which tests run, by name
     */
    public UnitTests(Engines engines, boolean ignoresUnknown, Predicate<String> chosen, LongSupplier nanoTime) {
        this.engines = engines;
        this.ignoresUnknown = ignoresUnknown;
        this.chosen = chosen;
        this.nanoTime = nanoTime;
    }

    /**
     * What came of one test.
     *
     * @param failures nothing if all is as expected
     */
    public record GroupOutcome(String name, List<String> failures) {}

    /**
     * What came of a file.
     *
     * @param problems of the file itself, of which then no test has run
     * @param groups the tests that have run, in their order
     */
    public record Outcome(List<String> problems, List<GroupOutcome> groups) {

        /** Everything that is not as expected. */
        public List<String> failures() {
            return Stream.concat(problems.stream(), groups.stream().flatMap(group -> group.failures().stream()))
                    .toList();
        }

        private static Outcome broken(List<String> problems) {
            return new Outcome(problems, List.of());
        }
    }

    /**
     * Runs the tests of a file.
     *
     * @param warnings takes what is odd but no failure
     */
    public Outcome run(Path file, Consumer<String> warnings) {
        UnitTestFile tests;
        Map<String, RuleFile> rules;
        try {
            tests = UnitTestFileReader.read(Files.readString(file));
            if (!tests.problems().isEmpty()) {
                return Outcome.broken(ProblemText.of(tests.problems()));
            }
            rules = rules(file, tests.ruleFiles(), warnings);
        } catch (MalformedInputException e) {
            return Outcome.broken(List.of(file + ": not UTF-8"));
        } catch (IOException e) {
            return Outcome.broken(List.of("open " + e.getMessage() + ": no such file or directory"));
        }
        Map<String, Integer> order = new HashMap<>();
        for (String group : tests.groupOrder()) {
            if (order.put(group, order.size()) != null) {
                return Outcome.broken(List.of("group name repeated in evaluation order: " + group));
            }
        }
        var groups = new ArrayList<GroupOutcome>();
        for (UnitTestFile.TestGroup test : tests.tests()) {
            if (chosen.test(test.name())) {
                List<String> failures = new TestRun(test, tests, order, engines, nanoTime).run(rules);
                groups.add(new GroupOutcome(test.name(), failures));
            }
        }
        return new Outcome(List.of(), groups);
    }

    private Map<String, RuleFile> rules(Path file, List<String> patterns, Consumer<String> warnings)
            throws IOException {
        var reader = new RuleFileReader(engines.over(new TestStore(), Duration.ofMinutes(1)), ignoresUnknown);
        var rules = new LinkedHashMap<String, RuleFile>();
        for (String pattern : patterns) {
            Path path = Path.of(pattern);
            Path folder = file.getParent();
            Path resolved = (path.isAbsolute() || folder == null ? path : folder.resolve(path)).normalize();
            List<Path> found = FilePattern.matching(resolved);
            if (found.isEmpty()) {
                warnings.accept("  WARNING: no file match pattern " + resolved);
            }
            for (Path rule : found) {
                rules.put(rule.toString(), reader.read(Files.readString(rule)));
            }
        }
        return rules;
    }
}
