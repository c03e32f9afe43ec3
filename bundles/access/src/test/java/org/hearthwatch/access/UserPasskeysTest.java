package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Passkeys.Departure;
import org.hearthwatch.api.access.Passkeys.Site;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Sessions.Session;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserPasskeysTest {

    private static final String HERE = "192.0.2.7";
    private static final Site SITE = new Site("https://hw.example", "hw.example");

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private final SoftwareAuthenticator device = new SoftwareAuthenticator("device-one");
    private Access access;
    private Passkeys passkeys;
    private Session session;

    @BeforeEach
    void register() throws Exception {
        access = AccessFixture.open(folder, clock);
        passkeys = access.passkeys();
        access.users().add("ada", Set.of(Role.ADMIN), password());
        session = access.sessions().signIn("ada", password(), HERE);
        passkeys.register(
                "ada",
                session.id(),
                "Desk key",
                device.create(passkeys.beginRegistration("ada", session.id(), SITE)),
                SITE);
        device.counter++;
    }

    @Test
    void a_passkey_signs_in_without_a_password_and_after_a_restart() throws Exception {
        assertThat(signIn(begin()).principal().name()).isEqualTo("ada");
        assertThat(access.sessions().open().stream().map(Sessions.Open::means)).contains("passkey");

        access = AccessFixture.open(folder, clock);
        passkeys = access.passkeys();
        device.counter++;

        assertThat(signIn(begin()).principal().name()).isEqualTo("ada");
        assertThat(passkeys.list()).singleElement().satisfies(one -> {
            assertThat(one.user()).isEqualTo("ada");
            assertThat(one.name()).isEqualTo("Desk key");
            assertThat(one.lastUsed()).contains(clock.instant());
        });
    }

    @Test
    void whoever_has_a_passkey_does_not_sign_in_by_the_password_alone() throws Exception {
        assertThat(kind(() -> access.sessions().signIn("ada", password(), HERE)))
                .isEqualTo(Refusal.Kind.PASSKEY_NEEDED);
        assertThat(kind(() -> access.sessions().signIn("ada", password(), Optional.of(Secret.of("123456")), HERE)))
                .isEqualTo(Refusal.Kind.PASSKEY_NEEDED);

        Departure second = passkeys.beginSecondStep("ada", HERE, SITE).orElseThrow();
        device.verifies = false;

        assertThat(signIn(second).principal().name()).isEqualTo("ada");
        assertThat(access.sessions().open().stream().map(Sessions.Open::means)).contains("password+passkey");
    }

    @Test
    void without_a_password_the_device_must_have_made_sure_of_its_owner() throws Exception {
        Departure begun = begin();
        device.verifies = false;

        assertThat(kind(() -> signIn(begun))).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    }

    /** What a phishing page, a clone or a thief of an answer would have to get past. */
    @SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing
    enum Bent {
        OTHER_ORIGIN(device -> device.origin = "https://hw.example.evil"),
        OTHER_PORT(device -> device.origin = "https://hw.example:8444"),
        OTHER_HOST(device -> device.host = "evil.example"),
        NOBODY_PRESENT(device -> device.present = false),
        CLONED_COUNTER(device -> device.counter = 1);

        private final Consumer<SoftwareAuthenticator> bend;

        Bent(Consumer<SoftwareAuthenticator> bend) {
            this.bend = bend;
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_was_bent_is_refused(Bent bent) throws Exception {
        Departure begun = begin();
        bent.bend.accept(device);

        assertThat(kind(() -> signIn(begun))).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    }

    @Test
    void an_answer_counts_once_and_only_with_its_own_challenge_and_browser() throws Exception {
        Departure begun = begin();
        String answer = device.get(begun.ceremony());
        Departure other = begin();

        assertThat(kind(() -> passkeys.signIn(other.binding(), answer, HERE, SITE)))
                .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
        assertThat(kind(() -> passkeys.signIn(Secret.of("stolen"), answer, HERE, SITE)))
                .isEqualTo(Refusal.Kind.NOT_NOW);
        assertThat(passkeys.signIn(begun.binding(), answer, HERE, SITE)).isNotNull();
        assertThat(kind(() -> passkeys.signIn(begun.binding(), answer, HERE, SITE)))
                .isEqualTo(Refusal.Kind.NOT_NOW);
    }

    @Test
    void a_challenge_waits_five_minutes() throws Exception {
        Departure begun = begin();
        clock.advance(PendingCeremonies.LIFETIME.plusSeconds(1));

        assertThat(kind(() -> signIn(begun))).isEqualTo(Refusal.Kind.NOT_NOW);
    }

    @Test
    void a_flood_of_one_address_leaves_the_challenges_of_others() throws Exception {
        Departure begun = begin();
        for (int i = 0; i < 10 * PendingCeremonies.MOST_OF_ONE; i++) {
            passkeys.beginSignIn("198.51.100.1", SITE);
        }

        assertThat(signIn(begun)).isNotNull();
    }

    @Test
    void a_device_nobody_registered_does_not_sign_in() throws Exception {
        Departure begun = begin();
        var stranger = new SoftwareAuthenticator("device-one");

        assertThat(kind(() -> passkeys.signIn(begun.binding(), stranger.get(begun.ceremony()), HERE, SITE)))
                .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    }

    @Test
    void what_is_no_answer_at_all_is_refused() throws Exception {
        for (String text : new String[] {"", "null", "{}", "[[[[", "{\"id\":\"\u0000\"}", "{\"response\":{}}"}) {
            Departure begun = begin();
            assertThat(kind(() -> passkeys.signIn(begun.binding(), text, HERE, SITE)))
                    .as(text)
                    .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
        }
    }

    @Test
    void showing_again_who_one_is_takes_the_passkey_and_changes_the_sessions_id() throws Exception {
        session = signIn(begin());
        clock.advance(Duration.ofMinutes(11));
        assertThat(access.sessions().find(session.id(), true).orElseThrow().fresh())
                .isFalse();
        assertThat(kind(() -> access.sessions().confirm(session.id(), password(), HERE)))
                .isEqualTo(Refusal.Kind.NOT_NOW);
        device.counter++;

        Session renewed =
                passkeys.confirm(session.id(), device.get(passkeys.beginConfirmation(session.id(), SITE)), SITE);

        assertThat(renewed.fresh()).isTrue();
        assertThat(access.sessions().find(session.id(), true)).isEmpty();
    }

    @Test
    void a_removed_passkey_signs_nobody_in_and_ends_the_sessions() throws Exception {
        session = signIn(begin());
        passkeys.remove("ada", "Desk key");
        device.counter++;

        assertThat(access.sessions().find(session.id(), true)).isEmpty();
        assertThat(kind(() -> signIn(begin()))).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
        assertThat(access.sessions().signIn("ada", password(), HERE)).isNotNull();
        assertThat(kind(() -> passkeys.remove("ada", "Desk key"))).isEqualTo(Refusal.Kind.UNKNOWN);
    }

    @Test
    void a_passkey_that_is_removed_while_it_signs_in_does_not_come_back() throws Exception {
        var meddling = new Meddling(clock);
        access = AccessFixture.open(folder, meddling);
        passkeys = access.passkeys();
        Departure begun = begin();
        // The challenge is looked up, then the time of the use is noted; in between somebody takes the key away.
        meddling.atCall(2, () -> {
            try {
                passkeys.remove("ada", "Desk key");
            } catch (Refusal e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(kind(() -> signIn(begun))).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
        assertThat(passkeys.list()).isEmpty();
        assertThat(access.sessions().open()).isEmpty();
    }

    /** A clock in which something happens when it is looked at. */
    private static final class Meddling implements InstantSource {

        private final InstantSource clock;
        private Runnable action = () -> {};
        private int left;

        Meddling(InstantSource clock) {
            this.clock = clock;
        }

        void atCall(int call, Runnable action) {
            left = call;
            this.action = action;
        }

        @Override
        public Instant instant() {
            if (--left == 0) {
                action.run();
            }
            return clock.instant();
        }
    }

    @Test
    void a_disabled_user_s_passkey_signs_nobody_in() throws Exception {
        access.users().add("eve", Set.of(Role.ADMIN), password());
        access.users().enable("ada", false);

        assertThat(kind(() -> signIn(begin()))).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    }

    @Test
    void names_and_keys_are_there_once_and_addresses_take_no_passkeys() throws Exception {
        assertThat(kind(() -> add(device, "Another"))).isEqualTo(Refusal.Kind.EXISTS);
        assertThat(kind(() -> add(new SoftwareAuthenticator("device-two"), "Desk key")))
                .isEqualTo(Refusal.Kind.EXISTS);
        assertThat(kind(() -> passkeys.beginSignIn(HERE, new Site("https://192.0.2.1:8443", "192.0.2.1"))))
                .isEqualTo(Refusal.Kind.INVALID);
        add(new SoftwareAuthenticator("device-two"), "Phone");

        assertThat(passkeys.list()).extracting(Passkeys.Passkey::name).containsExactly("Desk key", "Phone");
    }

    @Test
    void a_challenge_of_one_session_makes_no_passkey_in_another() throws Exception {
        access.users().add("bob", Set.of(Role.VIEWER), password());
        Session other = access.sessions().signIn("bob", password(), HERE);
        var phone = new SoftwareAuthenticator("phone");
        String answer = phone.create(passkeys.beginRegistration("ada", session.id(), SITE));

        assertThat(kind(() -> passkeys.register("bob", other.id(), "Phone", answer, SITE)))
                .isEqualTo(Refusal.Kind.NOT_NOW);
        assertThat(kind(() -> passkeys.register("bob", session.id(), "Phone", answer, SITE)))
                .isEqualTo(Refusal.Kind.NOT_NOW);
    }

    private void add(SoftwareAuthenticator key, String name) throws Exception {
        passkeys.register(
                "ada", session.id(), name, key.create(passkeys.beginRegistration("ada", session.id(), SITE)), SITE);
    }

    private Departure begin() throws Refusal {
        return passkeys.beginSignIn(HERE, SITE);
    }

    private Session signIn(Departure begun) throws Exception {
        return passkeys.signIn(begun.binding(), device.get(begun.ceremony()), HERE, SITE);
    }

    private static Refusal.Kind kind(org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
        Refusal[] refusal = new Refusal[1];
        assertThatThrownBy(attempt).isInstanceOfSatisfying(Refusal.class, caught -> refusal[0] = caught);
        return refusal[0].kind();
    }
}
