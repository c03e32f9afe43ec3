package org.hearthwatch.access.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.hearthwatch.access.Argon2Cost;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void the_defaults_are_allowed() {
        var settings = Settings.of(Configs.defaults(AccessConfig.class));

        assertThat(settings.passwordCost()).isEqualTo(new Argon2Cost(19 * 1024, 4));
        assertThat(settings.sessionIdle()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.sessionLifetime()).isEqualTo(Duration.ofHours(12));
    }

    @ParameterizedTest
    @CsvSource({
        "passwordMemory, 18MB",
        "passwordMemory, 129MB",
        "passwordMemory, much",
        "sessionIdle, 1s",
        "sessionIdle, soon",
        "sessionLifetime, 31d",
        "longestWait, 2h"
    })
    void what_is_not_allowed_is_named(String key, String value) {
        assertThatThrownBy(() -> Settings.of(Configs.of(AccessConfig.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.access.cfg: " + key + " = " + value + " is not allowed");
    }

    @ParameterizedTest
    @CsvSource({"passwordIterations, 1", "sessionsPerUser, 0", "sessionLimit, 1001", "freeAttempts, 21"})
    void numbers_are_bounded(String key, int value) {
        assertThatThrownBy(() -> Settings.of(Configs.of(AccessConfig.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + " = " + value);
    }
}
