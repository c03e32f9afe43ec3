package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalUsersTest {

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Users users;

    @BeforeEach
    void open() {
        users = AccessFixture.open(folder.resolve("access"), clock).users();
    }

    @Test
    void users_are_there_after_a_restart() throws Exception {
        users.add("zoe", Set.of(Role.VIEWER), password());
        users.add("Admin", Set.of(Role.ADMIN), password());

        assertThat(AccessFixture.open(folder.resolve("access"), clock).users().list())
                .containsExactly(local("admin", Role.ADMIN), local("zoe", Role.VIEWER));
    }

    @Test
    void a_name_is_taken_once_whatever_its_case() throws Exception {
        users.add("admin", Set.of(Role.ADMIN), password());

        assertRefused(Refusal.Kind.EXISTS, () -> users.add("ADMIN", Set.of(Role.VIEWER), password()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".hidden", "-x", "a b", "аdmin", "ａdmin", "a/b", "a\n", "abcdefghijklmnopqrstuvwxyz1234567"})
    void a_name_is_plain(String name) {
        assertRefused(Refusal.Kind.INVALID, () -> users.add(name, Set.of(Role.VIEWER), password()));
    }

    @Test
    void the_last_administrator_stays_one() throws Exception {
        users.add("admin", Set.of(Role.ADMIN), password());
        users.add("other", Set.of(Role.OPERATOR), password());

        assertRefused(Refusal.Kind.NOT_NOW, () -> users.remove("admin"));
        assertRefused(Refusal.Kind.NOT_NOW, () -> users.changeRoles("Admin", Set.of(Role.OPERATOR)));

        users.changeRoles("other", Set.of(Role.ADMIN));
        users.remove("admin");
        assertThat(users.list()).extracting(User::name).containsExactly("other");
    }

    @Test
    void what_is_not_there_cannot_be_changed() {
        assertRefused(Refusal.Kind.UNKNOWN, () -> users.remove("nobody"));
        assertRefused(Refusal.Kind.UNKNOWN, () -> users.changePassword("nobody", password()));
        assertRefused(Refusal.Kind.UNKNOWN, () -> users.changeRoles("nobody", Set.of(Role.VIEWER)));
    }

    @Test
    void a_changed_password_is_held_to_the_rules() throws Exception {
        users.add("admin", Set.of(Role.ADMIN), password());

        assertRefused(Refusal.Kind.INVALID, () -> users.changePassword("admin", Secret.of("short")));
    }

    private static User local(String name, Role role) {
        return new User(
                name, Set.of(role), Set.of(), Set.of(role), true, false, "local", TestClock.START, Optional.empty());
    }

    private static void assertRefused(Refusal.Kind kind, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
