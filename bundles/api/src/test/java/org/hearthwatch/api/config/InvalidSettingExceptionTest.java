package org.hearthwatch.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvalidSettingExceptionTest {

    @Test
    void names_file_key_value_and_what_is_allowed() {
        assertThat(new InvalidSettingException("org.hearthwatch.probe~shop", "interval", "often", "a duration"))
                .hasMessage("etc/org.hearthwatch.probe-shop.cfg: interval = often is not allowed; it takes a duration");
    }
}
