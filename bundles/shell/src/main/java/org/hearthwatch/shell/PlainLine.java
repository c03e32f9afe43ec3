package org.hearthwatch.shell;

import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.line.Words;

/**
 * Runs one line for somebody who is no administrator: one of our commands and its words. Karaf's shell is a programming
 * language in which any object's methods can be called; whoever has it is an administrator, so nobody else gets it.
 */
public final class PlainLine {

    private final List<ShellCommand> commands;

    public PlainLine(List<ShellCommand> commands) {
        this.commands = List.copyOf(commands);
    }

    /** Runs the line and gives back the command's exit code. */
    public int run(String line, Screen screen, Keyboard keyboard, Principal who) {
        List<String> words;
        try {
            words = Words.of(line);
        } catch (UsageException e) {
            screen.failure(String.valueOf(e.getMessage()));
            return ShellCommand.USAGE;
        }
        if (words.isEmpty()) {
            screen.failure("Give a command, such as hw:status; hw:COMMAND --help explains each.");
            return ShellCommand.USAGE;
        }
        Optional<ShellCommand> command = commands.stream()
                .filter(each -> each.syntax().fullName().equals(words.get(0))
                        || each.syntax().name().equals(words.get(0)))
                .findFirst();
        if (command.isEmpty()) {
            screen.failure("There is no command " + words.get(0) + " for you here; only the commands " + Syntax.SCOPE
                    + ":* run for those who are no administrators, one at a time.");
            return ShellCommand.USAGE;
        }
        return command.get().run(words.subList(1, words.size()), screen, keyboard, who);
    }
}
