package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hearthwatch.access.AccessFixture.password;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.MemoryNotes;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of second factors in a file, on its way into the vault, and there. */
class FactorKeyInVaultTest {

    private static final String HERE = "192.0.2.7";

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private final MemoryNotes notes = new MemoryNotes();
    private byte[] key = new byte[0];
    private List<Secret> recovery = List.of();

    @BeforeEach
    void enrol_without_a_vault() throws Exception {
        Access access = AccessFixture.open(folder, clock);
        access.users().add("ada", Set.of(Role.ADMIN), password());
        enrol(access);
    }

    private void enrol(Access access) throws Exception {
        key = SecondFactorTest.base32(text(access.secondFactors().begin("ada").key()));
        recovery = access.secondFactors().confirm("ada", code());
        clock.advance(Duration.ofMinutes(2));
    }

    @Test
    void an_open_vault_takes_the_key_and_its_file_goes() throws Exception {
        Access access = AccessFixture.open(folder, clock, Optional.of(notes));

        assertThat(access.useVault()).isTrue();

        assertThat(folder.resolve("factor.key")).doesNotExist();
        assertThat(notes.names()).containsExactly("access/factor-key");
        signIn(access, code());
        clock.advance(Duration.ofMinutes(2));
        signIn(AccessFixture.open(folder, clock, Optional.of(notes)), code());
        assertThat(access.useVault()).isFalse();
    }

    @Test
    void a_vault_that_is_sealed_leaves_the_file_and_codes_go_on() throws Exception {
        notes.seal(true);
        Access access = AccessFixture.open(folder, clock, Optional.of(notes));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(access::useVault)
                .withMessageContaining("The vault is sealed");
        assertThat(folder.resolve("factor.key")).exists();
        signIn(access, code());
    }

    @Test
    void while_the_vault_that_has_the_key_is_sealed_only_recovery_codes_sign_in() throws Exception {
        Access access = AccessFixture.open(folder, clock, Optional.of(notes));
        access.useVault();
        notes.seal(true);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> signIn(access, code()))
                .withMessageContaining("hw:vault-unseal")
                .withMessageContaining("Recovery codes");
        signIn(access, recovery.get(0));
        notes.seal(false);
        signIn(access, code());
    }

    @Test
    void where_the_vault_is_open_the_key_never_was_a_file() throws Exception {
        Access access = AccessFixture.open(folder, clock, Optional.of(notes));
        access.secondFactors().remove("ada");
        access.useVault();
        enrol(access);

        assertThat(folder.resolve("factor.key")).doesNotExist();
        signIn(access, code());
    }

    @Test
    void a_key_that_is_missing_is_not_made_anew_while_people_rely_on_it() throws Exception {
        Access access = AccessFixture.open(folder, clock, Optional.of(notes));
        access.useVault();
        access.users().add("bob", Set.of(Role.VIEWER), password());
        Access without = AccessFixture.open(folder, clock);
        byte[] other = SecondFactorTest.base32(text(without.secondFactors().begin("bob").key()));

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> without.secondFactors()
                        .confirm("bob", Secret.of(Totp.code(other, Totp.step(clock.instant()), Totp.DIGITS))))
                .withMessageContaining("not running");
        assertThat(folder.resolve("factor.key")).doesNotExist();
    }

    private void signIn(Access access, Secret code) throws Refusal {
        assertThat(access.sessions()
                        .signIn("ada", password(), Optional.of(code), HERE)
                        .principal()
                        .name())
                .isEqualTo("ada");
    }

    private Secret code() {
        return Secret.of(Totp.code(key, Totp.step(clock.instant()), Totp.DIGITS));
    }

    private static String text(Secret secret) {
        return new String(secret.reveal(), StandardCharsets.UTF_8);
    }
}
