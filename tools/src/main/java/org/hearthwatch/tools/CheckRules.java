package org.hearthwatch.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.unittest.EmptyStore;
import org.hearthwatch.alert.yaml.ProblemText;
import org.hearthwatch.tools.Options.Option;

/** {@code check rules}: are these files rules? */
final class CheckRules {

    private static final List<Option> OPTIONS = List.of(
            Option.value("lint", "Linting checks to apply, separated by commas: all, duplicate-rules (default), none"),
            Option.on("lint-fatal", "Make lint errors exit with exit code 3"),
            Option.on("ignore-unknown-fields", "Ignore unknown fields in the rule groups"),
            Option.values("enable-feature", "Names of PromQL features to enable, separated by commas"),
            Option.on("extended", "Taken as promtool takes it; says nothing about rules"),
            Option.value("query.lookback-delta", "Taken as promtool takes it; says nothing about rules"),
            Option.on("help", "This"));

    private final Options options;
    private final Output output;
    private final RuleFileReader reader;
    private boolean failed;
    private boolean odd;

    private CheckRules(Options options, Output output) {
        this.options = options;
        this.output = output;
        this.reader = new RuleFileReader(
                Engines.over(new EmptyStore(), Duration.ofMinutes(1), options.all("enable-feature")),
                options.has("ignore-unknown-fields"));
    }

    static int run(List<String> arguments, Output output) {
        Options options = Options.of(arguments, OPTIONS);
        if (options.has("help")) {
            output.out()
                    .print(Options.help(
                            "hearthwatch check rules [<flags>] [<rule-files>...]",
                            "Check if the rule files are valid or not.",
                            OPTIONS));
            return Output.DONE;
        }
        return new CheckRules(options, output).run();
    }

    private int run() {
        options.requireDuration("query.lookback-delta");
        Engines.warnOfUnknown(options.all("enable-feature"), output);
        boolean lints = lints();
        for (String file : options.words()) {
            Options.requireFile(file);
        }
        if (options.words().isEmpty()) {
            output.out().println("Checking standard input");
            check("standard input", lints);
        }
        for (String file : options.words()) {
            output.out().println("Checking " + file);
            check(file, lints);
        }
        if (failed) {
            return Output.FAILED;
        }
        return odd && options.has("lint-fatal") ? Output.ODD : Output.DONE;
    }

    private boolean lints() {
        boolean lints = false;
        for (String lint : options.get("lint").orElse("duplicate-rules").split(",", -1)) {
            switch (lint) {
                case "all", "duplicate-rules" -> lints = true;
                case "none" -> {
                    // Nothing is added.
                }
                default -> output.out().println("WARNING: unknown lint option: " + GoText.quote(lint));
            }
        }
        return lints;
    }

    private void check(String name, boolean lints) {
        var problems = new ArrayList<String>();
        int size = 0;
        boolean broken;
        try {
            RuleFile rules = reader.read(text(name));
            size = rules.size();
            ProblemText.of(rules.problems()).forEach(problem -> problems.add(name + ": " + problem));
            broken = !problems.isEmpty();
            if (problems.isEmpty() && lints) {
                List<RuleFile.Duplicate> duplicates = rules.duplicates();
                if (!duplicates.isEmpty()) {
                    problems.add(shown(duplicates));
                    odd = true;
                }
            }
        } catch (IOException e) {
            problems.add(name + ": cannot be read: " + e.getMessage());
            broken = true;
        }
        failed |= broken;
        if (problems.isEmpty()) {
            output.out().println("  SUCCESS: " + size + " rules found");
        } else {
            output.err().println("  FAILED:");
            problems.forEach(output.err()::println);
        }
        if (!broken) {
            output.out().println();
        }
    }

    private String text(String name) throws IOException {
        return options.words().isEmpty()
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(name));
    }

    private static String shown(List<RuleFile.Duplicate> duplicates) {
        var text = new StringBuilder("lint error " + duplicates.size() + " duplicate rule(s) found.\n");
        for (RuleFile.Duplicate duplicate : duplicates) {
            text.append("Metric: ").append(duplicate.name()).append("\nLabel(s):\n");
            duplicate
                    .labels()
                    .forEach((name, value) -> text.append('\t')
                            .append(name)
                            .append(": ")
                            .append(value)
                            .append('\n'));
        }
        return text.append("Might cause inconsistency while recording expressions")
                .toString();
    }
}
