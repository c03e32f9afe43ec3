package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;
import static org.hearthwatch.access.AccessFixture.wrong;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInSessionsTest {

    private static final String HERE = "127.0.0.1";

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Access access;
    private Sessions sessions;

    @BeforeEach
    void open() throws Exception {
        access = AccessFixture.open(folder.resolve("access"), clock);
        sessions = access.sessions();
        access.users().add("Admin", Set.of(Role.ADMIN), password());
    }

    @Test
    void a_session_names_its_user_and_scope() throws Exception {
        var session = sessions.signIn("admin", password(), HERE);

        assertThat(sessions.find(session.id(), false)).hasValueSatisfying(found -> {
            assertThat(found.principal()).isEqualTo(new Principal(Principal.Kind.USER, "admin", Scope.ADMIN));
            assertThat(found.csrf()).isEqualTo(session.csrf()).hasSize(43);
        });
    }

    @Test
    void every_session_is_another() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            var session = sessions.signIn("admin", password(), HERE);
            seen.add(new String(session.id().reveal(), StandardCharsets.UTF_8));
            seen.add(session.csrf());
        }

        assertThat(seen).hasSize(6).allMatch(text -> text.length() == 43);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "admin ", " admin", "аdmin", "ａｄｍｉｎ", "", "admin\r\nadmin", "a\u0000"})
    void a_wrong_name_and_a_wrong_password_sound_the_same(String name) {
        Refusal wrongPassword = refusal(() -> sessions.signIn("admin", wrong(), HERE));
        Refusal wrongName = refusal(() -> sessions.signIn(name, password(), HERE));

        assertThat(wrongName.kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
        assertThat(wrongName).hasMessage(wrongPassword.getMessage());
    }

    @Test
    void the_case_of_a_name_does_not_count_and_shares_the_failures() {
        for (String spelling : new String[] {"admin", "ADMIN", "Admin"}) {
            assertThat(refusal(() -> sessions.signIn(spelling, wrong(), HERE)).kind())
                    .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
        }

        assertThat(refusal(() -> sessions.signIn("aDMIN", password(), HERE)).kind())
                .isEqualTo(Refusal.Kind.TOO_MANY_ATTEMPTS);
    }

    @Test
    void who_was_shut_out_signs_in_after_the_wait() throws Exception {
        for (int i = 0; i < 3; i++) {
            refusal(() -> sessions.signIn("admin", wrong(), HERE));
        }
        Duration wait = refusal(() -> sessions.signIn("admin", password(), HERE))
                .retryAfter()
                .orElseThrow();
        clock.advance(wait);

        assertThat(sessions.signIn("admin", password(), HERE)).isNotNull();
    }

    @Test
    void a_session_ends_when_it_is_idle() throws Exception {
        var session = sessions.signIn("admin", password(), HERE);
        clock.advance(Duration.ofMinutes(59));
        assertThat(sessions.find(session.id(), false)).isPresent();
        clock.advance(Duration.ofMinutes(59));
        assertThat(sessions.find(session.id(), true)).isPresent();
        clock.advance(Duration.ofMinutes(1));

        assertThat(sessions.find(session.id(), false)).isEmpty();
    }

    @Test
    void a_session_ends_at_the_latest_after_its_lifetime() throws Exception {
        var session = sessions.signIn("admin", password(), HERE);
        for (int i = 0; i < 23; i++) {
            clock.advance(Duration.ofMinutes(30));
            assertThat(sessions.find(session.id(), false)).isPresent();
        }
        clock.advance(Duration.ofMinutes(30));

        assertThat(sessions.find(session.id(), false)).isEmpty();
    }

    @Test
    void a_session_does_not_outlive_a_clock_that_is_set_back() throws Exception {
        var session = sessions.signIn("admin", password(), HERE);
        clock.advance(Duration.ofDays(-365));

        assertThat(sessions.find(session.id(), false)).isEmpty();
    }

    @Test
    void signing_out_ends_that_session_alone() throws Exception {
        var one = sessions.signIn("admin", password(), HERE);
        var other = sessions.signIn("admin", password(), HERE);

        sessions.signOut(one.id());

        assertThat(sessions.find(one.id(), false)).isEmpty();
        assertThat(sessions.find(other.id(), false)).isPresent();
    }

    @Test
    void whatever_changes_a_user_ends_the_users_sessions() throws Exception {
        access.users().add("other", Set.of(Role.ADMIN), password());
        var keeps = sessions.signIn("admin", password(), HERE);

        var session = sessions.signIn("other", password(), HERE);
        access.users().changePassword("other", Secret.of("five other unrelated words"));
        assertThat(sessions.find(session.id(), false)).as("password").isEmpty();

        session = sessions.signIn("other", Secret.of("five other unrelated words"), HERE);
        access.users().changeRoles("other", Set.of(Role.VIEWER));
        assertThat(sessions.find(session.id(), false)).as("scope").isEmpty();

        session = sessions.signIn("other", Secret.of("five other unrelated words"), HERE);
        access.users().remove("other");
        assertThat(sessions.find(session.id(), false)).as("removal").isEmpty();

        assertThat(sessions.find(keeps.id(), false)).isPresent();
    }

    @Test
    void one_session_too_many_ends_the_least_recently_used_of_the_user() throws Exception {
        var first = sessions.signIn("admin", password(), HERE);
        clock.advance(Duration.ofSeconds(1));
        var second = sessions.signIn("admin", password(), HERE);
        clock.advance(Duration.ofSeconds(1));
        var third = sessions.signIn("admin", password(), HERE);
        clock.advance(Duration.ofSeconds(1));
        sessions.find(first.id(), false);

        sessions.signIn("admin", password(), HERE);

        assertThat(sessions.find(first.id(), true)).isPresent();
        assertThat(sessions.find(second.id(), true)).isEmpty();
        assertThat(sessions.find(third.id(), true)).isPresent();
    }

    @Test
    void a_password_follows_the_settings_when_its_owner_signs_in() throws Exception {
        var dearer = AccessFixture.SETTINGS;
        access.apply(new AccessSettings(
                new Argon2Cost(Argon2Cost.LEAST_MEMORY_KIB, 3),
                dearer.sessionIdle(),
                dearer.sessionLifetime(),
                dearer.proofLifetime(),
                false,
                dearer.sessionsPerUser(),
                dearer.sessionLimit(),
                dearer.freeAttempts(),
                dearer.longestWait()));

        sessions.signIn("admin", password(), HERE);
        access.tick();

        assertThat(folder.resolve("access/access.json")).content().contains("m=19456,t=3,p=1");
        assertThat(sessions.signIn("admin", password(), HERE)).isNotNull();
    }

    private static Refusal refusal(ThrowingCallable attempt) {
        var holder = new Refusal[1];
        assertThatThrownBy(attempt).isInstanceOfSatisfying(Refusal.class, refusal -> holder[0] = refusal);
        return holder[0];
    }
}
