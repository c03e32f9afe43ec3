package org.hearthwatch.shell.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.ShellUtil;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.shell.Keyboard;
import org.hearthwatch.shell.Screen;
import org.hearthwatch.shell.ShellCommand;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.jspecify.annotations.Nullable;

/** One of our commands in Karaf's clothes. */
final class KarafCommand implements Command {

    private final ShellCommand command;
    private final Actors actors;

    KarafCommand(ShellCommand command, Actors actors) {
        this.actors = actors;
        this.command = command;
    }

    @Override
    public String getScope() {
        return Syntax.SCOPE;
    }

    @Override
    public String getName() {
        return command.syntax().name();
    }

    @Override
    public String getDescription() {
        return command.syntax().summary();
    }

    /** An exit code other than 0 is handed to Karaf, which passes it on over SSH; null prints nothing and means 0. */
    @Override
    public @Nullable Object execute(Session session, List<Object> words) {
        Terminal terminal = session.getTerminal();
        // A single command over SSH has no terminal, and the SSH server loses what such a command writes to its error
        // side.
        PrintStream err = terminal == null ? session.getConsole() : System.err;
        var screen = new Screen(session.getConsole(), err, terminal == null ? 0 : terminal.getWidth());
        // From the login itself: the session's variable USER is its owner's to set.
        Optional<Principal> who =
                Optional.ofNullable(ShellUtil.getCurrentUserName()).flatMap(actors::named);
        if (who.isEmpty()) {
            screen.failure("Nobody is known to be signed in here, or no longer is.");
            return ShellCommand.FAILED;
        }
        int code = command.run(
                words.stream().map(Object::toString).toList(), screen, new SessionKeyboard(session), who.get());
        return code == ShellCommand.OK ? null : code;
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return new WordCompleter(command.syntax(), scoped);
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }

    private record SessionKeyboard(Session session) implements Keyboard {

        @Override
        public Optional<String> askHidden(String prompt) throws IOException {
            if (session.getTerminal() == null) {
                return Optional.empty();
            }
            return Optional.ofNullable(session.readLine(prompt, '*'));
        }

        @Override
        public InputStream input() {
            return session.getKeyboard();
        }
    }

    private record WordCompleter(Syntax syntax, boolean scoped) implements Completer {

        @Override
        public int complete(Session session, CommandLine line, List<String> candidates) {
            suggestions(line).forEach(each -> candidates.add(each.value()));
            return candidates.isEmpty() ? -1 : line.getBufferPosition() - line.getArgumentPosition();
        }

        @Override
        public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
            for (Suggestion each : suggestions(line)) {
                candidates.add(new Candidate(each.value(), each.value(), null, each.description(), null, null, true));
            }
        }

        private List<Suggestion> suggestions(CommandLine line) {
            List<String> words = Arrays.asList(line.getArguments());
            int cursor = line.getCursorArgumentIndex();
            var byName = new Suggestion(syntax.name(), syntax.summary());
            var byFullName = new Suggestion(syntax.fullName(), syntax.summary());
            if (cursor <= 0 || words.isEmpty()) {
                return scoped ? List.of(byName) : List.of(byName, byFullName);
            }
            if (!words.get(0).equals(syntax.name()) && !words.get(0).equals(syntax.fullName())) {
                return List.of();
            }
            List<String> before = words.subList(1, Math.min(cursor, words.size()));
            return syntax.complete(before, cursor < words.size() ? words.get(cursor) : "");
        }
    }
}
