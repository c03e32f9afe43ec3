package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRotationTest {

    private static final String NAME = "tokens/grafana";

    @TempDir
    Path folder;

    private Tokens tokens;
    private SecretRotation rotation;
    private Secret present = Secret.of("none");

    @BeforeEach
    void make() throws Exception {
        Access access = AccessFixture.open(folder, TestClock.atStart());
        tokens = access.tokens();
        rotation = access.tokenRotation();
        present = tokens.create("grafana", Scope.READ, Optional.of(Duration.ofDays(90)));
    }

    @Test
    void owns_the_secrets_that_are_named_like_a_token() {
        assertThat(rotation.owns(NAME)).isTrue();
        assertThat(rotation.owns("tokens/other")).isFalse();
        assertThat(rotation.owns("grafana")).isFalse();
    }

    @Test
    void both_hold_until_the_former_is_ended() throws Exception {
        Secret fresh = rotation.create(NAME, present);
        rotation.test(NAME, fresh);
        assertThat(tokens.authenticate(present)).isPresent();

        rotation.end(NAME, present);

        assertThat(tokens.authenticate(present)).isEmpty();
        assertThat(tokens.authenticate(fresh)).isPresent();
    }

    @Test
    void a_new_value_that_is_given_up_leaves_the_former_for_good() throws Exception {
        Secret fresh = rotation.create(NAME, present);

        rotation.end(NAME, fresh);

        assertThat(tokens.authenticate(fresh)).isEmpty();
        assertThat(tokens.authenticate(present)).isPresent();
        assertThat(tokens.list())
                .singleElement()
                .satisfies(token -> assertThat(token.formerUntil()).isEmpty());
    }

    @Test
    void what_is_not_the_token_is_neither_rotated_nor_taken_for_good() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> rotation.create(NAME, Secret.of("hunter2")))
                .withMessageContaining("hw:secret-set");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rotation.test(NAME, Secret.of("hunter2")));
        assertThat(tokens.authenticate(present)).isPresent();
    }
}
