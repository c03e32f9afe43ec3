package org.hearthwatch.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void it_is_never_shown() {
        assertThat(Secret.of("hunter2")).hasToString("Secret[***]");
    }

    @Test
    void characters_of_any_script_are_kept() {
        for (String value : new String[] {"", "hunter2", "Schlüssel", "鍵", "\uD83D\uDD11"}) {
            assertThat(Secret.of(value.toCharArray()).reveal()).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
            assertThat(Secret.of(value.toCharArray()).sameAs(Secret.of(value))).isTrue();
        }
    }

    @Test
    void different_secrets_are_not_the_same() {
        assertThat(Secret.of("hunter2").sameAs(Secret.of("hunter3"))).isFalse();
        assertThat(Secret.of("hunter2").sameAs(Secret.of("hunter22"))).isFalse();
    }

    @Test
    void what_is_revealed_is_a_copy() {
        var secret = Secret.of("hunter2");
        secret.reveal()[0] = 'x';

        assertThat(secret.reveal()).isEqualTo("hunter2".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void after_its_end_nothing_is_left() {
        var secret = Secret.of("hunter2");
        secret.close();

        assertThatIllegalStateException().isThrownBy(secret::reveal);
    }
}
