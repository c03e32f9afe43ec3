package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

    private static final Argon2Cost COST = new Argon2Cost(Argon2Cost.LEAST_MEMORY_KIB, 2);

    private final PasswordHasher hasher = new PasswordHasher(new SecureRandom());
    private final PasswordRules rules = new PasswordRules();

    @Test
    void a_hash_matches_its_password_and_no_other() throws Exception {
        PasswordHash hash = hasher.hash(bytes("correct horse"), COST);

        assertThat(hasher.matches(hash, bytes("correct horse"))).isTrue();
        assertThat(hasher.matches(hash, bytes("correct horsf"))).isFalse();
        assertThat(hasher.matches(hash, new byte[1])).isFalse();
    }

    /** Computed with the reference implementation in C (through argon2-cffi). */
    @Test
    void reads_what_other_implementations_write() throws Exception {
        PasswordHash hash = PasswordHash.parse(
                "$argon2id$v=19$m=32768,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$Myl+tK4WQd/I4KYZlMNTKheAegNk4vMuHl140p0ULzA");

        assertThat(hasher.matches(hash, bytes("correct horse"))).isTrue();
    }

    @Test
    void a_hash_survives_being_written() throws Exception {
        PasswordHash hash = hasher.hash(bytes("correct horse"), COST);

        assertThat(PasswordHash.parse(hash.phc())).isEqualTo(hash);
        assertThat(hash.phc()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hash).hasToString("PasswordHash[***]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text",
                "$2y$10$abcdefghijklmnopqrstuv",
                "$argon2id$v=19$m=4194304,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=8,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=200,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
            })
    void a_hash_that_is_none_or_costs_too_much_or_little_is_refused_before_it_is_computed(String phc) {
        assertThatThrownBy(() -> PasswordHash.parse(phc)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_flood_of_attempts_is_turned_away_but_for_a_few() throws Exception {
        var threads = Executors.newFixedThreadPool(40);
        try {
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                attempts.add(() -> {
                    try {
                        hasher.pretend(bytes("correct horse"), COST);
                        return true;
                    } catch (Refusal e) {
                        assertThat(e.kind()).isEqualTo(Refusal.Kind.TOO_MANY_ATTEMPTS);
                        assertThat(e.retryAfter()).isPresent();
                        return false;
                    }
                });
            }
            int computed = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                computed += attempt.get() ? 1 : 0;
            }
            assertThat(computed).isBetween(1, 39);
        } finally {
            threads.shutdownNow();
        }
        assertThatCode(() -> hasher.pretend(bytes("correct horse"), COST)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "123456789",
                "administrator1",
                "Password123",
                "QWERTYUIOP",
                "hearthwatch123",
                "aaaaaaaaaaaaa",
                "abababababab",
                "abcdefghijkl",
                "9876543210",
                "martin.krug",
                "Martin.Krug",
                "martin.krugmartin.krug"
            })
    void a_password_everybody_tries_is_refused(String password) {
        assertThatThrownBy(() -> rules.check("martin.krug", Secret.of(password)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                    assertThat(refusal.getMessage()).doesNotContain(password);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"four unrelated words", "Tr0ub4dor&3x", "ключ от сарая", "🐧🐙🦊🐢🦉🐝🐳🦔🐌🦅", "          1234"
            })
    void a_password_needs_no_digits_or_signs_and_no_latin_letters(String password) {
        assertThatCode(() -> rules.check("admin", Secret.of(password))).doesNotThrowAnyException();
    }

    @Test
    void length_is_counted_in_characters_up_to_128() {
        assertThatCode(() -> rules.check("admin", Secret.of("abcd".repeat(32)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> rules.check("admin", Secret.of("abcd".repeat(32) + "e")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("129");
        assertThatThrownBy(() -> rules.check("admin", Secret.of("🐧🐙🦊🐢🦉🐝🐳🦔🐌")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("9 characters");
    }

    @Test
    void the_same_password_from_another_keyboard_is_the_same() throws Exception {
        assertThat(PasswordRules.bytes(Secret.of("caf\u00e9 au lait")))
                .isEqualTo(PasswordRules.bytes(Secret.of("cafe\u0301 au lait")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
