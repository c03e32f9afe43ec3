package org.hearthwatch.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.testkit.TestClock;

/** Someone at the shell: types commands, reads what they print, with the services the test puts there. */
final class TestScreen implements Services, Keyboard {

    static final String ADDRESS = "http://127.0.0.1:8470";

    final TestClock clock = TestClock.atStart();
    private final Map<Class<?>, Object> services = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private byte[] piped = new byte[0];
    private boolean terminal;
    private Principal who = Principal.operator();
    final FakeAudit audit = new FakeAudit();

    TestScreen() {
        with(AuditLog.class, audit);
        with(AuditTrail.class, audit);
    }

    <S> TestScreen with(Class<S> type, S service) {
        services.put(type, service);
        return this;
    }

    /** Who is at the shell from now on; at first the operator. */
    TestScreen as(Principal other) {
        who = other;
        return this;
    }

    /** What will be typed when the command asks. */
    TestScreen typing(String... lines) {
        terminal = true;
        typed.addAll(List.of(lines));
        return this;
    }

    TestScreen piping(String text) {
        piped = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Runs a command; words are separated by spaces, {@code _} stands for a space in a word. */
    int run(String line) {
        out.reset();
        err.reset();
        List<String> words = List.of(line.split(" "));
        ShellCommand command =
                Commands.all(this, InstantSource.fixed(clock.instant()), ZoneOffset.UTC, ADDRESS).stream()
                        .filter(each -> each.syntax().name().equals(words.get(0)))
                        .findFirst()
                        .orElseThrow();
        var screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal ? 100 : 0);
        return command.run(
                words.subList(1, words.size()).stream()
                        .map(word -> word.replace('_', ' '))
                        .toList(),
                screen,
                this,
                who);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        return Optional.ofNullable(services.get(type)).map(type::cast);
    }

    @Override
    public Optional<String> askHidden(String prompt) {
        return Optional.ofNullable(typed.poll());
    }

    @Override
    public InputStream input() {
        return new ByteArrayInputStream(piped);
    }
}
