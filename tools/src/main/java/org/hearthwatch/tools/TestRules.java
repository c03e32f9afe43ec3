package org.hearthwatch.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthwatch.alert.template.GoRegex;
import org.hearthwatch.alert.template.TemplateException;
import org.hearthwatch.alert.unittest.UnitTests;
import org.hearthwatch.tools.Options.Option;

/** {@code test rules}: do rules do what their tests say? */
final class TestRules {

    private static final List<Option> OPTIONS = List.of(
            Option.values(
                    "run", "Run only tests whose name matches this regular expression; may be given more than once"),
            Option.value("junit", "File to store the results in, as JUnit XML"),
            Option.on("debug", "Show each test as it runs, and all samples it ended with"),
            Option.on("diff", "Show alerts that are not as expected as one text, coloured where it differs"),
            Option.on("ignore-unknown-fields", "Ignore unknown fields in the rule files"),
            Option.values("enable-feature", "Names of PromQL features to enable, separated by commas"),
            Option.on("help", "This"));

    private TestRules() {}

    static int run(List<String> arguments, Output output) {
        Options options = Options.of(arguments, OPTIONS);
        if (options.has("help")) {
            output.out()
                    .print(Options.help(
                            "hearthwatch test rules [<flags>] <test-rule-file>...", "Unit tests for rules.", OPTIONS));
            return Output.DONE;
        }
        if (options.words().isEmpty()) {
            throw new UsageException("required argument 'test-rule-file' not provided");
        }
        for (String file : options.words()) {
            Options.requireFile(file);
        }
        Engines.warnOfUnknown(options.all("enable-feature"), output);
        var tests = new UnitTests(
                (reader, step) -> Engines.over(reader, step, options.all("enable-feature")),
                new UnitTests.Choices(
                        options.has("ignore-unknown-fields"),
                        options.has("diff"),
                        options.has("debug") ? Optional.of(output.out()::println) : Optional.empty(),
                        chosen(options.all("run"))),
                System::nanoTime);
        options.get("junit").ifPresent(TestRules::requireWritable);
        var junit = new JUnitReport();
        boolean failed = false;
        for (String file : options.words()) {
            Instant began = Instant.now();
            UnitTests.Outcome outcome = tests.run(Path.of(file), output.err()::println);
            junit.add(file, outcome, began);
            List<String> failures = outcome.failures();
            if (failures.isEmpty()) {
                output.out().println("  SUCCESS");
            } else {
                failed = true;
                output.err().println("  FAILED:");
                for (String failure : failures) {
                    output.err().println(failure);
                    output.out().println();
                }
            }
            output.out().println();
        }
        Optional<String> report = options.get("junit");
        if (report.isPresent()) {
            try {
                Files.writeString(Path.of(report.get()), junit.text());
            } catch (IOException e) {
                output.err().println("The results cannot be stored in " + report.get() + ": " + e);
                failed = true;
            }
        }
        return failed ? Output.FAILED : Output.DONE;
    }

    /** Rather said before all tests have run. */
    private static void requireWritable(String file) {
        try {
            Files.writeString(Path.of(file), "");
        } catch (IOException e) {
            throw new UsageException("--junit: " + file + " cannot be written: " + e);
        }
    }

    private static Predicate<String> chosen(List<String> patterns) {
        Predicate<String> chosen = name -> patterns.isEmpty();
        for (String pattern : patterns) {
            try {
                chosen = chosen.or(GoRegex.of(pattern)::finds);
            } catch (TemplateException e) {
                throw new UsageException("--run: " + e.getMessage());
            }
        }
        return chosen;
    }
}
