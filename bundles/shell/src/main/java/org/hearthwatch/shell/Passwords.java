package org.hearthwatch.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;

/**
 * How a command comes by a password: typed twice unseen, piped in, or from a file; never as a word of the command, where
 * the shell's history and the process list would keep it.
 */
final class Passwords {

    private static final String FILE = "--password-file";
    private static final String STDIN = "--password-stdin";
    private static final int LIMIT = 4096;

    private Passwords() {}

    static Syntax options(Syntax syntax) {
        return syntax.option(
                        FILE,
                        "PATH",
                        "Reads the password from the first line of a file on the appliance's machine; an absolute path",
                        Completion.NONE)
                .flag(STDIN, "Reads the password from the first line of the standard input");
    }

    static Secret read(Call call) throws CommandFailure, UsageException {
        Optional<String> file = call.arguments().find(FILE);
        if (file.isPresent() && call.arguments().has(STDIN)) {
            throw new UsageException("give " + FILE + " or " + STDIN + ", not both");
        }
        try {
            if (file.isPresent()) {
                Path path = Path.of(file.get());
                if (!path.isAbsolute()) {
                    throw new UsageException(
                            FILE + " needs an absolute path: the appliance reads it, in its own directory");
                }
                try (InputStream in = Files.newInputStream(path)) {
                    return firstLine(in, path.toString());
                }
            }
            if (call.arguments().has(STDIN)) {
                return firstLine(call.keyboard().input(), "the standard input");
            }
            return typed(call, "password", STDIN, FILE);
        } catch (IOException e) {
            throw new CommandFailure("The password could not be read: " + e);
        }
    }

    /** Typed twice, unseen. */
    static Secret typed(Call call, String what, String stdin, String file) throws IOException, CommandFailure {
        String first = ask(call, what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1), what, stdin, file);
        if (!first.equals(ask(call, "Again", what, stdin, file))) {
            throw new CommandFailure("The two were not the same; nothing was changed");
        }
        return Secret.of(first);
    }

    /** As {@link #read}, but typed once: for one that is there already. */
    static Secret present(Call call) throws CommandFailure, UsageException {
        if (call.arguments().has(STDIN) || call.arguments().find(FILE).isPresent()) {
            return read(call);
        }
        try {
            return Secret.of(ask(call, "Password", "password", STDIN, FILE));
        } catch (IOException e) {
            throw new CommandFailure("The password could not be read: " + e);
        }
    }

    private static String ask(Call call, String prompt, String what, String stdin, String file)
            throws IOException, CommandFailure {
        return call.keyboard()
                .askHidden(prompt + ": ")
                .orElseThrow(() -> new CommandFailure("There is no terminal to ask for the " + what + " at; give "
                        + stdin + " or " + file + " PATH"));
    }

    private static Secret firstLine(InputStream in, String source) throws IOException, CommandFailure {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() == LIMIT) {
                throw new CommandFailure("The first line of " + source + " is longer than " + LIMIT + " bytes");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        String password = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (password.isEmpty()) {
            throw new CommandFailure("The first line of " + source + " is empty");
        }
        return Secret.of(password);
    }
}
