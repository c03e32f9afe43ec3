package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.access.ExternalSignIn.Identity;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles, groups, what ends when they change, and people from elsewhere. */
class RightsTest {

    private static final String HERE = "127.0.0.1";
    private static final Permission PLUGINS = Permission.admin("manage:plugins");

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Access access;

    @BeforeEach
    void open() throws Exception {
        access = AccessFixture.open(folder, clock);
        access.users().add("admin", Set.of(Role.ADMIN), password());
        access.users().add("ada", Set.of(Role.VIEWER), password());
    }

    @Test
    void a_state_from_before_there_were_roles_is_read_and_nothing_is_lost() throws Exception {
        String hash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        Files.writeString(folder.resolve("access.json"), """
                {"version":1,
                 "users":[{"name":"root","scope":"admin","password":"%1$s","created":"2026-01-01T00:00:00Z","lastSignIn":null},
                          {"name":"pat","scope":"read","password":"%1$s","created":"2026-01-01T00:00:00Z",
                           "lastSignIn":"2026-01-02T00:00:00Z"},
                          {"name":"op","scope":"write","password":"%1$s","created":"2026-01-01T00:00:00Z","lastSignIn":null}],
                 "tokens":[{"name":"t","scope":"write","sha256":"aa","created":"2026-01-01T00:00:00Z","expires":null,
                            "lastUsed":null},
                           {"name":"p","scope":"push:nas","sha256":"bb","created":"2026-01-01T00:00:00Z",
                            "expires":"2027-01-01T00:00:00Z","lastUsed":null}]}
                """.formatted(hash));
        access = AccessFixture.open(folder, clock);
        access.users().add("new", Set.of(Role.AUDITOR), password());
        access = AccessFixture.open(folder, clock);

        assertThat(access.users().list())
                .extracting(User::name, User::roles)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("new", Set.of(Role.AUDITOR)),
                        org.assertj.core.groups.Tuple.tuple("op", Set.of(Role.OPERATOR)),
                        org.assertj.core.groups.Tuple.tuple("pat", Set.of(Role.VIEWER)),
                        org.assertj.core.groups.Tuple.tuple("root", Set.of(Role.ADMIN)));
        assertThat(access.users().list().get(2).lastSignIn()).isPresent();
        assertThat(access.tokens().list())
                .hasSize(2)
                .allMatch(token -> token.owner().isEmpty());
        assertThat(access.tokens().list().get(0).source()).contains("nas");
        assertThat(Files.readString(folder.resolve("access.json"))).contains("\"version\" : 2");
    }

    @Test
    void a_group_gives_its_roles_to_its_members() throws Exception {
        access.groups().add("Crew", Set.of(Role.OPERATOR));
        access.groups().join("crew", "ada");

        assertThat(access.users().principal("ada"))
                .hasValueSatisfying(
                        who -> assertThat(who.roles()).containsExactlyInAnyOrder(Role.VIEWER, Role.OPERATOR));
        access = AccessFixture.open(folder, clock);
        assertThat(access.groups().list())
                .singleElement()
                .satisfies(group -> assertThat(group.members()).containsExactly("ada"));
        access.groups().remove("crew");
        assertThat(access.users().principal("ada").orElseThrow().roles()).containsExactly(Role.VIEWER);
    }

    @Test
    void whoever_gets_other_rights_by_whatever_way_is_signed_out() throws Exception {
        var keeps = access.sessions().signIn("admin", password(), HERE);
        access.groups().add("crew", Set.of(Role.OPERATOR));
        endsSession("join", () -> access.groups().join("crew", "ada"));
        endsSession("group's roles", () -> access.groups().changeRoles("crew", Set.of(Role.SECURITY)));
        endsSession("leave", () -> access.groups().leave("crew", "ada"));
        endsSession("roles", () -> access.users().changeRoles("ada", Set.of(Role.OPERATOR)));
        endsSession("password", () -> access.users().changePassword("ada", password()));
        endsSession("revoke", () -> access.sessions().revokeAll("ada"));
        endsSession("disable", () -> access.users().enable("ada", false));

        assertThat(access.sessions().find(keeps.id(), true)).isPresent();
    }

    private void endsSession(String why, ThrowingCallable change) throws Exception {
        access.users().enable("ada", true);
        var session = access.sessions().signIn("ada", password(), HERE);
        try {
            change.call();
        } catch (Throwable e) {
            throw new AssertionError(why, e);
        }
        assertThat(access.sessions().find(session.id(), false)).as(why).isEmpty();
        System.out.printf("case %-50s -> old cookie refused%n", "8 " + why);
    }

    @Test
    void who_is_disabled_does_not_come_in_and_sounds_like_a_stranger() throws Exception {
        access.users().enable("ada", false);

        assertThatThrownBy(() -> access.sessions().signIn("ada", password(), HERE))
                .hasMessage("The name or the password is wrong.");
        assertThat(access.users().principal("ada")).isEmpty();
    }

    @Test
    void of_a_change_that_is_refused_in_part_nothing_stays() throws Exception {
        var before = access.users().list();
        var weak =
                new Users.Change(Optional.of(Set.of(Role.ADMIN)), Optional.of(Secret.of("short")), Optional.of(false));
        var lastAdministrator = new Users.Change(
                Optional.of(Set.of(Role.VIEWER)), Optional.of(Secret.of("another long password")), Optional.empty());

        assertRefused(Refusal.Kind.INVALID, () -> access.users().change("ada", weak));
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.users().change("admin", lastAdministrator));

        assertThat(access.users().list()).isEqualTo(before);
        access.sessions().signIn("admin", password(), HERE);
    }

    @Test
    void no_way_leads_to_an_appliance_without_administrator() throws Exception {
        access.groups().add("crew", Set.of(Role.ADMIN));
        access.groups().join("crew", "ada");
        access.users().changeRoles("admin", Set.of(Role.VIEWER));

        assertRefused(Refusal.Kind.NOT_NOW, () -> access.groups().leave("crew", "ada"));
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.groups().remove("crew"));
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.groups().changeRoles("crew", Set.of()));
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.users().enable("ada", false));
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.users().remove("ada"));
        assertThat(access.users().list()).hasSize(2);
    }

    @Test
    void a_token_never_goes_further_than_its_owner() throws Exception {
        var admin = access.users().principal("admin").orElseThrow();
        Secret token = access.tokens().create(admin, "t", Scope.ADMIN, Optional.empty(), Optional.empty());
        access.users().changeRoles("ada", Set.of(Role.ADMIN));

        assertThat(may(token, PLUGINS)).isTrue();
        access.users().changeRoles("admin", Set.of(Role.VIEWER));
        assertThat(may(token, PLUGINS)).isFalse();
        assertThat(may(token, Permission.read("read:metrics"))).isTrue();
        access.users().enable("admin", false);
        assertThat(access.tokens().authenticate(token)).isEmpty();
        access.users().remove("admin");
        assertThat(access.tokens().list()).isEmpty();
    }

    @Test
    void nobody_makes_a_token_that_goes_further_than_they_do() throws Exception {
        var viewer = access.users().principal("ada").orElseThrow();

        assertRefused(
                Refusal.Kind.INVALID,
                () -> access.tokens().create(viewer, "t", Scope.WRITE, Optional.empty(), Optional.empty()));
        assertThat(access.tokens().create(viewer, "t", Scope.READ, Optional.empty(), Optional.empty()))
                .isNotNull();
    }

    @Test
    void a_replaced_token_is_good_until_the_overlap_ends() throws Exception {
        Secret old = access.tokens().create("t", Scope.READ, Optional.of(Duration.ofDays(30)));
        clock.advance(Duration.ofDays(29));
        Secret next = access.tokens().rotate("t", Duration.ofHours(24));

        assertThat(access.tokens().authenticate(old)).isPresent();
        assertThat(access.tokens().authenticate(next)).isPresent();
        clock.advance(Duration.ofHours(24));
        assertThat(access.tokens().authenticate(old)).isEmpty();
        System.out.printf("case %-50s -> refused%n", "39 a token whose overlap has ended");
        clock.advance(Duration.ofDays(28));
        assertThat(access.tokens().authenticate(next)).isPresent();
        clock.advance(Duration.ofDays(2));
        assertThat(access.tokens().authenticate(next)).isEmpty();
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.tokens().rotate("t", Duration.ZERO));
    }

    @Test
    void a_proof_is_fresh_for_a_while_and_a_new_one_changes_the_cookie() throws Exception {
        var session = access.sessions().signIn("ada", password(), HERE);
        assertThat(session.fresh()).isTrue();
        clock.advance(Duration.ofMinutes(10));
        assertThat(access.sessions().find(session.id(), false).orElseThrow().fresh())
                .isFalse();

        assertThatThrownBy(() -> access.sessions().confirm(session.id(), AccessFixture.wrong(), HERE))
                .isInstanceOf(Refusal.class);
        var renewed = access.sessions().confirm(session.id(), password(), HERE);
        assertThat(renewed.fresh()).isTrue();
        assertThat(access.sessions().find(session.id(), false)).isEmpty();
        assertThat(access.sessions().find(renewed.id(), false)).isPresent();
    }

    @Test
    void the_list_of_sessions_holds_nothing_to_sign_in_with() throws Exception {
        var session = access.sessions().signIn("ada", password(), "10.1.2.3");
        Sessions.Open line = access.sessions().open().get(0);

        assertThat(line.origin()).isEqualTo("10.1.2.3");
        assertThat(access.sessions().find(Secret.of(line.handle()), true)).isEmpty();
        access.sessions().revoke(line.handle());
        assertThat(access.sessions().find(session.id(), true)).isEmpty();
        assertRefused(Refusal.Kind.UNKNOWN, () -> access.sessions().revoke(line.handle()));
        assertRefused(Refusal.Kind.UNKNOWN, () -> access.sessions().revoke(""));
    }

    @Test
    void a_provider_cannot_sign_in_as_a_local_user_or_as_anothers() throws Exception {
        var external = access.externalSignIn();
        var ann = new Identity("home", "subject-1", "Ann@example.org", Set.of(Role.VIEWER));
        var session = external.admit(ann, HERE);

        assertThat(session.principal()).isEqualTo(Principal.user("ann", Set.of(Role.VIEWER)));
        assertRefused(
                Refusal.Kind.EXISTS,
                () -> external.admit(new Identity("home", "subject-2", "admin", Set.of(Role.ADMIN)), HERE));
        assertRefused(
                Refusal.Kind.EXISTS,
                () -> external.admit(new Identity("other", "subject-1", "ann", Set.of(Role.ADMIN)), HERE));
        assertRefused(
                Refusal.Kind.INVALID,
                () -> external.admit(new Identity("home", "subject-3", "operator", Set.of(Role.ADMIN)), HERE));
        assertRefused(
                Refusal.Kind.WRONG_CREDENTIALS,
                () -> external.admit(new Identity("home", "subject-4", "eve", Set.of()), HERE));
        assertThatThrownBy(() -> access.sessions().signIn("ann", password(), HERE))
                .hasMessage("The name or the password is wrong.");
    }

    @Test
    void what_the_providers_groups_say_counts_at_the_next_sign_in() throws Exception {
        var external = access.externalSignIn();
        var first = external.admit(new Identity("home", "s", "ann", Set.of(Role.ADMIN)), HERE);
        external.admit(new Identity("home", "s", "renamed", Set.of(Role.VIEWER)), HERE);

        assertThat(access.sessions().find(first.id(), true)).isEmpty();
        assertThat(access.users().principal("ann").orElseThrow().roles()).containsExactly(Role.VIEWER);
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.users().changePassword("ann", password()));
        assertRefused(Refusal.Kind.NOT_NOW, () -> access.users().changeRoles("ann", Set.of(Role.ADMIN)));
        access.users().enable("ann", false);
        assertRefused(
                Refusal.Kind.WRONG_CREDENTIALS,
                () -> external.admit(new Identity("home", "s", "ann", Set.of(Role.VIEWER)), HERE));
    }

    private boolean may(Secret token, Permission permission) {
        return access.tokens().authenticate(token).orElseThrow().may(permission);
    }

    private static void assertRefused(Refusal.Kind kind, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
