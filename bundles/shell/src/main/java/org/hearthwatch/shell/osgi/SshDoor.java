package org.hearthwatch.shell.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.shell.ShellFactory;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.shell.DoorRecord;
import org.hearthwatch.shell.KarafLine;
import org.hearthwatch.shell.Keyboard;
import org.hearthwatch.shell.PlainLine;
import org.hearthwatch.shell.Screen;
import org.hearthwatch.shell.ShellCommand;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of Karaf's shell on its SSH server: administrators go through to it, everybody else gets one of our
 * commands at a time and nothing else. Nobody may forward ports through the appliance.
 */
final class SshDoor {

    private static final String NO_SHELL =
            "The interactive shell is for administrators. Give one command: ssh ... hw:status";

    private static final String NOT_RECORDED =
            "Nothing was done: the audit log cannot record it. The log and hw:audit-verify say why.";

    private final Actors actors;
    private final PlainLine lines;
    private final DoorRecord records;
    private final Set<String> own;

    SshDoor(Actors actors, PlainLine lines, DoorRecord records, Set<String> own) {
        this.actors = actors;
        this.lines = lines;
        this.records = records;
        this.own = Set.copyOf(own);
    }

    void hangIn(SshServer server) {
        CommandFactory commands = server.getCommandFactory();
        ShellFactory shells = server.getShellFactory();
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        new KeyAttempts(records, actors).hangIn(server);
        server.setCommandFactory((channel, line) -> {
            if (!isAdministrator(channel)) {
                return new Plain(line);
            }
            return isRecorded(channel, line) ? commands.createCommand(channel, line) : new Plain(line, NOT_RECORDED);
        });
        server.setShellFactory(channel -> isAdministrator(channel) ? shells.createShell(channel) : new Plain(""));
    }

    /** What changes something is recorded before it is done, or not done. */
    private boolean isRecorded(ChannelSession channel, String line) {
        return who(channel)
                .filter(one -> records.runs(one, KarafLine.changes(line, own)))
                .isPresent();
    }

    private boolean isAdministrator(ChannelSession channel) {
        return who(channel).filter(one -> one.roles().contains(Role.ADMIN)).isPresent();
    }

    private Optional<Principal> who(ChannelSession channel) {
        String name = channel.getServerSession().getUsername();
        return name == null ? Optional.empty() : actors.named(name);
    }

    /** One line, run on a thread of its own as Karaf's are. */
    private final class Plain implements Command {

        private final String line;
        private final String refusal;
        private @Nullable InputStream in;
        private @Nullable OutputStream out;
        private @Nullable OutputStream err;
        private @Nullable ExitCallback exit;

        Plain(String line) {
            this(line, "");
        }

        /** @param refusal why the line is not run; empty to run it */
        Plain(String line, String refusal) {
            this.line = line;
            this.refusal = refusal;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            var thread = new Thread(() -> run(channel), "hearthwatch-shell-ssh");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void destroy(ChannelSession channel) {
            // The line ends by itself; what it writes then goes nowhere.
        }

        private void run(ChannelSession channel) {
            int code = ShellCommand.FAILED;
            try (var screenOut = printer(out);
                    var screenErr = printer(err)) {
                var screen = new Screen(screenOut, screenErr, 0);
                Optional<Principal> who = who(channel);
                if (who.isEmpty()) {
                    screen.failure("This account may not come in any more.");
                } else if (!refusal.isEmpty()) {
                    screen.failure(refusal);
                } else if (line.isEmpty()) {
                    screen.failure(NO_SHELL);
                } else {
                    code = lines.run(line, screen, new Piped(in), who.get());
                }
            } finally {
                if (exit != null) {
                    exit.onExit(code);
                }
            }
        }

        private static PrintStream printer(@Nullable OutputStream stream) {
            return new PrintStream(
                    stream == null ? OutputStream.nullOutputStream() : stream, true, StandardCharsets.UTF_8);
        }
    }

    private record Piped(@Nullable InputStream in) implements Keyboard {

        @Override
        public Optional<String> askHidden(String prompt) throws IOException {
            return Optional.empty();
        }

        @Override
        public InputStream input() {
            return in == null ? InputStream.nullInputStream() : in;
        }
    }
}
