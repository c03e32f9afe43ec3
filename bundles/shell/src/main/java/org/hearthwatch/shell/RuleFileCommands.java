package org.hearthwatch.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;

/** {@code hw:rule-put} and {@code hw:rule-delete}: changing rule files with a history. */
final class RuleFileCommands {

    private static final String NAME = "NAME";
    private static final String FILE = "FILE";
    private static final String COMMENT = "--comment";
    private static final String RULES = "the rule evaluation";
    private static final int LONGEST = 4 << 20;

    private final Services services;

    RuleFileCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion files = () -> services.find(RuleFiles.class).map(RuleFiles::list).orElse(List.of()).stream()
                .map(entry -> new Suggestion(entry.name(), ""))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("rule-put", "Makes or replaces a rule file, and keeps the version before")
                                .argument(NAME, "Its name in etc/rules, such as house.yml", files)
                                .argument(FILE, "An absolute path, or - for the standard input", Completion.NONE)
                                .option(COMMENT, "TEXT", "Why, for hw:rule-history", Completion.NONE),
                        this::put),
                new ShellCommand(
                        Syntax.of("rule-delete", "Deletes a rule file; its versions stay")
                                .argument(NAME, "Its name in etc/rules", files)
                                .option(COMMENT, "TEXT", "Why, for hw:rule-history", Completion.NONE),
                        this::delete));
    }

    private int put(Call call) throws CommandFailure, UsageException {
        String name = call.arguments().get(NAME);
        String text = text(call);
        RuleFiles files = services.need(RuleFiles.class, RULES);
        AlertingCall.run(() -> {
            files.write(name, text, call.user(), comment(call));
            return files;
        });
        call.screen().foreign(name + " is kept; it holds within seconds.");
        return ShellCommand.OK;
    }

    private static String text(Call call) throws CommandFailure, UsageException {
        String file = call.arguments().get(FILE);
        try (InputStream in = file.equals("-") ? call.keyboard().input() : Files.newInputStream(absolute(file))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new CommandFailure(file + " is longer than " + LONGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage());
        }
    }

    private static Path absolute(String file) throws UsageException {
        try {
            Path path = Path.of(file);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new UsageException(FILE + " is not a path: " + e.getMessage());
        }
        throw new UsageException(FILE + " takes an absolute path: the appliance reads it, in its own directory");
    }

    private int delete(Call call) throws CommandFailure {
        String name = call.arguments().get(NAME);
        RuleFiles files = services.need(RuleFiles.class, RULES);
        AlertingCall.run(() -> {
            files.delete(name, call.user(), comment(call));
            return files;
        });
        call.screen().foreign(name + " is deleted; hw:rule-history still knows it.");
        return ShellCommand.OK;
    }

    private static String comment(Call call) {
        return call.arguments().find(COMMENT).orElse("");
    }
}
