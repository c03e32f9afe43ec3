package org.hearthwatch.shell;

import java.util.List;
import java.util.Objects;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.shell.line.Arguments;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command: its syntax and what it does. Thread-safe. */
public record ShellCommand(Syntax syntax, Body body) {

    /** The exit code of a command that did what it was told. */
    public static final int OK = 0;

    /** The exit code of a command that was refused or failed. */
    public static final int FAILED = 1;

    /** The exit code of a command that was not understood. */
    public static final int USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);

    /** What a command does. */
    @FunctionalInterface
    public interface Body {

        /** Does it and gives back its exit code. */
        int run(Call call)
                throws CommandFailure, UsageException, Refusal, PluginRefusal, QueryException, VaultException,
                        BackupException, InterruptedException;
    }

    /**
     * One run of a command.
     *
     * @param words as they were typed
     * @param who who runs it, and may or may not
     */
    public record Call(Arguments arguments, List<String> words, Screen screen, Keyboard keyboard, Principal who) {

        /** Who runs it, by name. */
        public String user() {
            return who.name();
        }

        /** Whether JSON is asked for. */
        public boolean json() {
            return arguments.has(Syntax.JSON);
        }
    }

    /** Runs with the words given; whatever goes wrong ends in one line on the screen's error side. */
    public int run(List<String> words, Screen screen, Keyboard keyboard, Principal who) {
        int end = words.indexOf("--");
        if ((end < 0 ? words : words.subList(0, end)).contains(Syntax.HELP)) {
            screen.line(syntax.help());
            return OK;
        }
        try {
            return body.run(new Call(syntax.parse(words), List.copyOf(words), screen, keyboard, who));
        } catch (UsageException e) {
            screen.failure(
                    syntax.fullName() + ": " + e.getMessage() + ". See " + syntax.fullName() + " " + Syntax.HELP);
            return USAGE;
        } catch (CommandFailure | Refusal | PluginRefusal | QueryException | VaultException | BackupException e) {
            screen.failure(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            screen.failure("Interrupted");
            return FAILED;
        } catch (RuntimeException e) {
            LOG.error("{} failed", syntax.fullName(), e);
            screen.failure(syntax.fullName() + " failed: " + e + ". The log has the details: hearthwatch logs");
            return FAILED;
        }
    }
}
