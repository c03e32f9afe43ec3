package org.hearthwatch.alert.unittest;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hearthwatch.alert.rule.FilePattern;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.template.GoDuration;
import org.hearthwatch.alert.yaml.ProblemText;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.store.SeriesReader;

/** Runs files of unit tests as {@code promtool test rules} does, with its words for what differs. */
public final class UnitTests {

    private final Engines engines;
    private final Choices choices;
    private final LongSupplier nanoTime;

    /** Makes engines that answer over a store, with a step for subqueries that name none. */
    @FunctionalInterface
    public interface Engines {
        QueryEngine over(SeriesReader reader, Duration subqueryStep);
    }

    /**
     * How tests run.
     *
     * @param ignoresUnknown whether fields of rule files that are not known are passed over
     * @param differences whether alerts that are not as expected are shown as one text, coloured where it differs
     * @param debug takes what helps to find out why a test fails, where that is wanted
     * @param chosen which tests run, by name
     */
    public record Choices(
            boolean ignoresUnknown, boolean differences, Optional<Consumer<String>> debug, Predicate<String> chosen) {

        /** All tests, and nothing shown but what fails. */
        public static final Choices ALL = new Choices(false, false, Optional.empty(), name -> true);
    }

    public UnitTests(Engines engines, Choices choices, LongSupplier nanoTime) {
        this.engines = engines;
        this.choices = choices;
        this.nanoTime = nanoTime;
    }

    /**
     * What came of one test.
     *
     * @param name given in the file, or else {@code unnamed#} and its place
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
        } catch (NoSuchFileException e) {
            return Outcome.broken(List.of("open " + e.getMessage() + ": no such file or directory"));
        } catch (IOException e) {
            return Outcome.broken(List.of(String.valueOf(e.getMessage())));
        }
        Map<String, Integer> order = new HashMap<>();
        for (String group : tests.groupOrder()) {
            if (order.put(group, order.size()) != null) {
                return Outcome.broken(List.of("group name repeated in evaluation order: " + group));
            }
        }
        var groups = new ArrayList<GroupOutcome>();
        for (int i = 0; i < tests.tests().size(); i++) {
            UnitTestFile.TestGroup test = tests.tests().get(i);
            if (choices.chosen().test(test.name())) {
                String name = test.name().isEmpty() ? "unnamed#" + i : test.name();
                TestRun run = new TestRun(test, tests, order, engines, choices, nanoTime);
                groups.add(new GroupOutcome(name, timed(name, run, rules)));
            }
        }
        return new Outcome(List.of(), groups);
    }

    private List<String> timed(String name, TestRun run, Map<String, RuleFile> rules) {
        long began = nanoTime.getAsLong();
        choices.debug().ifPresent(debug -> debug.accept("DEBUG: Starting test " + name));
        List<String> failures = run.run(rules);
        choices.debug()
                .ifPresent(debug -> debug.accept(
                        "DEBUG: Test " + name + " finished, took " + new GoDuration(nanoTime.getAsLong() - began)));
        return failures;
    }

    private Map<String, RuleFile> rules(Path file, List<String> patterns, Consumer<String> warnings)
            throws IOException {
        var reader = new RuleFileReader(engines.over(new TestStore(), Duration.ofMinutes(1)), choices.ignoresUnknown());
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
