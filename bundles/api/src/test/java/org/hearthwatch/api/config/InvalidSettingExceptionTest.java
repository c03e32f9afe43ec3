package org.hearthwatch.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvalidSettingExceptionTest {

    @Test
    void names_file_key_value_and_what_is_allowed() {
        assertThat(new InvalidSettingException("org.hearthwatch.probe~shop", "interval", "often", "a duration"))
                .hasMessage("etc/org.hearthwatch.probe-shop.cfg: interval = often is not allowed; it takes a duration");
    }

    @Test
    void repeats_no_password_that_stands_in_an_address() {
        assertThat(new InvalidSettingException(
                        "org.hearthwatch.query", "remoteUrl", "https://me:hunter2@far/x", "less"))
                .hasMessageContaining("remoteUrl = https://***@far/x is not allowed");
    }
}
