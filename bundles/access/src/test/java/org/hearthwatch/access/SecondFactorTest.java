package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.MemoryNotes;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a code beside the password; the hostile cases 9, 10 and 11 print their answers. */
class SecondFactorTest {

    private static final String HERE = "127.0.0.1";

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Access access;
    private byte[] key = new byte[0];
    private List<Secret> recovery = List.of();

    @BeforeEach
    void enrol() throws Exception {
        access = AccessFixture.open(folder, clock);
        access.users().add("ada", Set.of(Role.ADMIN), password());
        key = base32(text(access.secondFactors().begin("ada").key()));
        recovery = access.secondFactors().confirm("ada", code(0));
        clock.advance(Duration.ofMinutes(2));
    }

    @Test
    void a_password_alone_asks_for_the_code_and_both_sign_in() throws Exception {
        assertThat(kind(Optional.empty())).isEqualTo("CODE_NEEDED");
        assertThat(kind(Optional.of(code(0)))).isEqualTo("signed in");
        assertThat(access.sessions().open())
                .first()
                .extracting(Sessions.Open::means)
                .isEqualTo("password+code");
    }

    @Test
    void a_key_counts_only_once_it_was_confirmed() throws Exception {
        access.users().add("bob", Set.of(Role.VIEWER), password());
        access.secondFactors().begin("bob");

        assertThat(access.sessions().signIn("bob", password(), HERE)).isNotNull();
        assertThatThrownBy(() -> access.secondFactors().confirm("bob", Secret.of("000000")))
                .isInstanceOf(Refusal.class);
        clock.advance(Duration.ofMinutes(11));
        assertThatThrownBy(() -> access.secondFactors().confirm("bob", Secret.of("000000")))
                .hasMessageContaining("begin anew");
    }

    @Test
    void a_code_counts_once_and_only_as_six_ascii_digits() {
        String good = text(code(0));
        List<String[]> cases = new ArrayList<>();
        cases.add(new String[] {"with a space inside", good.substring(0, 3) + " " + good.substring(3), "refused"});
        cases.add(new String[] {"with a space before", " " + good, "refused"});
        cases.add(new String[] {"fullwidth digits", fullwidth(good), "refused"});
        cases.add(new String[] {"seven digits", "0" + good, "refused"});
        clock.advance(Duration.ofMinutes(6));
        for (String[] each : cases) {
            access.sessions().revokeAll("ada");
            report("9 " + each[0], kind(Optional.of(Secret.of(each[1]))), each[2]);
        }
        clock.advance(Duration.ofMinutes(6));
        report("9 two steps ago", kind(Optional.of(code(-2))), "refused");
        report("9 two steps ahead", kind(Optional.of(code(2))), "refused");
        report("9 this step", kind(Optional.of(code(0))), "signed in");
        report("9 this step again", kind(Optional.of(code(0))), "refused");
        report("9 the step before, after this one", kind(Optional.of(code(-1))), "refused");
        report("9 the next step", kind(Optional.of(code(1))), "signed in");
    }

    @Test
    void a_used_code_stays_used_after_a_restart() {
        assertThat(kind(Optional.of(code(0)))).isEqualTo("signed in");
        access = AccessFixture.open(folder, clock);

        assertThat(kind(Optional.of(code(0)))).isEqualTo("refused");
    }

    @Test
    void guessing_codes_from_everywhere_ends_after_five() {
        for (int i = 0; i < 5; i++) {
            String from = "10.0." + i + ".1";
            assertThatThrownBy(
                            () -> access.sessions().signIn("ada", password(), Optional.of(Secret.of("000000")), from))
                    .isInstanceOf(Refusal.class);
        }
        report("10 the sixth, right one", kind(Optional.of(code(0))), "TOO_MANY_ATTEMPTS");
        clock.advance(Duration.ofMinutes(5));
        report("10 after five minutes", kind(Optional.of(code(0))), "signed in");
    }

    @Test
    void an_administrator_can_end_the_waiting() throws Exception {
        for (int i = 0; i < 5; i++) {
            kind(Optional.of(Secret.of("000000")));
        }
        access.users().unlock("ada");

        assertThat(kind(Optional.of(code(0)))).isEqualTo("signed in");
    }

    @Test
    void a_recovery_code_works_once() throws Exception {
        assertThat(recovery).hasSize(10);
        String code = text(recovery.get(3));
        report("11 a recovery code", kind(Optional.of(Secret.of(code))), "signed in");
        report("11 the same again", kind(Optional.of(Secret.of(code))), "refused");
        report(
                "11 another, without dashes and in small letters",
                kind(Optional.of(
                        Secret.of(text(recovery.get(4)).replace("-", "").toLowerCase(Locale.ROOT)))),
                "signed in");
        assertThat(access.secondFactors().status("ada").recoveryLeft()).isEqualTo(8);

        access = AccessFixture.open(folder, clock);
        report("11 the same after a restart", kind(Optional.of(Secret.of(code))), "refused");
        access.secondFactors().renewRecovery("ada");
        report("11 an unused one after new ones were made", kind(Optional.of(recovery.get(0))), "refused");
    }

    @Test
    void neither_the_key_nor_a_code_stands_in_the_state() throws Exception {
        String state = Files.readString(folder.resolve("access.json"));

        assertThat(state).doesNotContain(Totp.base32(key)).doesNotContain(text(recovery.get(0)));
        Files.delete(folder.resolve("factor.key"));
        access = AccessFixture.open(folder, clock, Optional.of(new MemoryNotes()));
        assertThatThrownBy(() -> access.sessions().signIn("ada", password(), Optional.of(code(0)), HERE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("hw:mfa-remove");
    }

    @Test
    void taking_the_factor_away_ends_the_sessions() throws Exception {
        var session = access.sessions().signIn("ada", password(), Optional.of(code(0)), HERE);
        access.secondFactors().remove("ada");

        assertThat(access.sessions().find(session.id(), true)).isEmpty();
        assertThat(kind(Optional.empty())).isEqualTo("signed in");
    }

    @Test
    void a_fresh_proof_is_a_code_where_there_is_one() throws Exception {
        var session = access.sessions().signIn("ada", password(), Optional.of(code(0)), HERE);
        clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(() -> access.sessions().confirm(session.id(), password(), HERE))
                .isInstanceOf(Refusal.class);
        assertThat(access.sessions().confirm(session.id(), code(0), HERE).fresh())
                .isTrue();
    }

    @Test
    void an_administrator_is_a_viewer_until_there_is_a_second_factor_where_one_is_demanded() throws Exception {
        var demanding = AccessFixture.SETTINGS;
        access.apply(new AccessSettings(
                demanding.passwordCost(),
                demanding.sessionIdle(),
                demanding.sessionLifetime(),
                demanding.proofLifetime(),
                true,
                demanding.sessionsPerUser(),
                demanding.sessionLimit(),
                demanding.freeAttempts(),
                demanding.longestWait()));
        access.users().add("bob", Set.of(Role.ADMIN), password());

        assertThat(access.sessions().signIn("bob", password(), HERE).principal().roles())
                .containsExactly(Role.VIEWER);
        assertThat(access.sessions()
                        .signIn("ada", password(), Optional.of(code(0)), HERE)
                        .principal()
                        .roles())
                .containsExactly(Role.ADMIN);
    }

    private String kind(Optional<Secret> code) {
        try {
            access.sessions().signIn("ada", password(), code, HERE);
            return "signed in";
        } catch (Refusal e) {
            return e.kind() == Refusal.Kind.WRONG_CREDENTIALS
                    ? "refused"
                    : e.kind().name();
        }
    }

    private static void report(String hostile, String answer, String expected) {
        System.out.printf("case %-50s -> %s%n", hostile, answer);
        assertThat(answer).as(hostile).isEqualTo(expected);
    }

    private Secret code(int stepsFromNow) {
        return Secret.of(Totp.code(key, Totp.step(clock.instant()) + stepsFromNow, 6));
    }

    private static String fullwidth(String digits) {
        return digits.chars()
                .mapToObj(digit -> String.valueOf((char) (digit - '0' + '０')))
                .reduce("", String::concat);
    }

    private static String text(Secret secret) {
        return new String(secret.reveal(), StandardCharsets.UTF_8);
    }

    static byte[] base32(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        long buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
