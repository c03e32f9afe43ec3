package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstSetupTest {

    private static final Optional<URI> CONSOLE = Optional.of(URI.create("http://127.0.0.1:8470"));

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Access access;
    private Setup setup;
    private Path link;

    @BeforeEach
    void open() {
        access = AccessFixture.open(folder.resolve("access"), clock);
        setup = access.setup();
        link = folder.resolve("access/setup-link");
    }

    @Test
    void a_link_that_only_the_owner_can_read_leads_to_the_first_administrator() throws Exception {
        assertThat(setup.needed()).isTrue();
        access.consoleAt(CONSOLE);

        assertThat(link).content().matches("http://127\\.0\\.0\\.1:8470/setup#code=[0-9A-HJKMNP-TV-Z]{20}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(link)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(link.getParent())))
                .isEqualTo("rwx------");
        setup.complete(code(), "admin", password());

        assertThat(setup.needed()).isFalse();
        assertThat(link).doesNotExist();
        assertThat(access.users().list())
                .hasSize(1)
                .allMatch(user -> user.roles().equals(Set.of(Role.ADMIN)));
    }

    @Test
    void the_code_works_once() throws Exception {
        access.consoleAt(CONSOLE);
        Secret code = code();
        setup.complete(code, "admin", password());

        assertRefused(Refusal.Kind.NOT_NOW, () -> setup.complete(code, "second", password()));
        assertRefused(Refusal.Kind.NOT_NOW, () -> setup.renewLink());
    }

    @Test
    void a_weak_password_does_not_use_the_code_up() throws Exception {
        access.consoleAt(CONSOLE);

        assertRefused(Refusal.Kind.INVALID, () -> setup.complete(code(), "admin", Secret.of("weak")));
        setup.complete(code(), "admin", password());
        assertThat(setup.needed()).isFalse();
    }

    @Test
    void an_expired_code_is_refused_and_a_new_one_stands_in_the_file() throws Exception {
        access.consoleAt(CONSOLE);
        Secret old = code();
        clock.advance(Duration.ofHours(1));
        assertThat(setup.accepts(old)).isFalse();

        access.tick();

        assertThat(setup.accepts(code())).isTrue();
        assertRefused(Refusal.Kind.WRONG_CREDENTIALS, () -> setup.complete(old, "admin", password()));
    }

    @Test
    void renewing_ends_the_former_code() throws Exception {
        access.consoleAt(CONSOLE);
        Secret old = code();

        String path = setup.renewLink();

        assertThat(Files.readString(link)).isEqualTo("http://127.0.0.1:8470" + path + "\n");
        assertThat(setup.accepts(old)).isFalse();
        assertThat(setup.accepts(code())).isTrue();
    }

    @Test
    void guessing_the_code_is_slowed_down() throws Exception {
        access.consoleAt(CONSOLE);
        for (int i = 0; i < 5; i++) {
            setup.accepts(Secret.of("guess"));
        }

        assertRefused(Refusal.Kind.TOO_MANY_ATTEMPTS, () -> setup.accepts(code()));
        clock.advance(Duration.ofSeconds(2));
        assertThat(setup.accepts(code())).isTrue();
    }

    @Test
    void the_link_follows_the_console_and_goes_with_it() throws Exception {
        access.consoleAt(CONSOLE);
        access.consoleAt(Optional.of(URI.create("http://127.0.0.1:9000")));
        assertThat(link).content().startsWith("http://127.0.0.1:9000/setup#code=");

        access.consoleAt(Optional.empty());
        assertThat(link).doesNotExist();
    }

    @Test
    void no_link_outlives_the_process_or_an_administrator_made_elsewhere() throws Exception {
        access.consoleAt(CONSOLE);
        Secret code = code();
        access.users().add("admin", Set.of(Role.ADMIN), password());
        access.tick();
        assertThat(link).doesNotExist();
        assertRefused(Refusal.Kind.NOT_NOW, () -> setup.complete(code, "second", password()));

        var other = AccessFixture.open(folder.resolve("other"), clock);
        other.consoleAt(CONSOLE);
        other.close();
        assertThat(folder.resolve("other/setup-link")).doesNotExist();
    }

    @Test
    void people_who_are_no_administrators_do_not_end_the_set_up() throws Exception {
        access.users().add("viewer", Set.of(Role.VIEWER), password());

        assertThat(setup.needed()).isTrue();
    }

    @Test
    void set_up_from_the_environment_needs_no_code() throws Exception {
        access.setUpUnattended("admin", password());

        assertThat(setup.needed()).isFalse();
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.setUpUnattended("second", password()));
    }

    private Secret code() throws IOException {
        String line = Files.readString(link).strip();
        return Secret.of(line.substring(line.indexOf('=') + 1));
    }

    private static void assertRefused(Refusal.Kind kind, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
