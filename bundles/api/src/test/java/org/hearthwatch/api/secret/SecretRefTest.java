package org.hearthwatch.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {

    @ParameterizedTest
    @ValueSource(strings = {"secret:smtp/password", "env:SMTP_PASSWORD", "file:/run/secrets/smtp", "credential:smtp"})
    void a_reference_comes_back_as_it_was_written(String text) {
        assertThat(SecretRef.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "", "secret:", "vault:x", "secret:a b", "SECRET:x"})
    void anything_else_is_refused(String text) {
        assertThat(SecretRef.isReference(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SecretRef.parse(text));
    }

    @Test
    void a_refusal_does_not_repeat_what_may_be_the_secret_itself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretRef.parse("hunter2"))
                .withMessageNotContaining("hunter2");
    }
}
