package org.hearthwatch.plugin.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

    @Test
    void has_defaults_that_are_allowed() {
        Config.Read read = Config.Read.of(Configs.defaults(Config.class));

        assertThat(read.settings().maxFileBytes()).isEqualTo(32 << 20);
        assertThat(read.settings().startTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(read.rescanInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "maxFileSize, 5GB",
        "maxFileSize, much",
        "startTimeout, 0s",
        "stopTimeout, 2m",
        "rescanInterval, often",
        "trial, 1h",
        "unsigned, maybe",
    })
    void a_value_that_is_not_allowed_is_named_with_its_key_and_file(String key, String value) {
        assertThatThrownBy(() -> Config.Read.of(Configs.of(Config.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("etc/org.hearthwatch.plugin.cfg: " + key + " = " + value + " is not allowed");
    }

    @Test
    void a_number_of_files_beyond_reason_is_refused() {
        assertThatThrownBy(() -> Config.Read.of(Configs.of(Config.class, Map.of("maxFiles", 0))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("1 to 1000");
    }
}
