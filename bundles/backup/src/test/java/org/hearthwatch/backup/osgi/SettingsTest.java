package org.hearthwatch.backup.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.backup.BackupSettings;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Path USUAL = Path.of("/srv/backups");
    private static final String KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    @Test
    void the_defaults_are_allowed() {
        assertThat(of(Map.of()).folder()).isEqualTo(USUAL);
    }

    @Test
    void keys_may_stand_on_lines_of_their_own() {
        assertThat(of(Map.of("recipients", " " + KEY + ",\n " + KEY)).recipients())
                .hasSize(2);
    }

    @Test
    void none_is_made_by_itself_with_no_time_between() {
        assertThat(of(Map.of("every", "0s")).every()).isEmpty();
        assertThat(of(Map.of("every", "1h")).every()).contains(Duration.ofHours(1));
    }

    @Test
    void a_passphrase_that_stands_where_a_reference_belongs_is_not_repeated() {
        assertThat(of(Map.of("passphrase", "secret:backup")).passphrase()).contains(SecretRef.parse("secret:backup"));
        assertThatThrownBy(() -> of(Map.of("passphrase", "hunter2")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "every, 59m",
        "every, 31d",
        "every, daily",
        "drillEvery, 1h",
        "recipients, age1nobody",
        "folder, backups"
    })
    void what_is_not_allowed_is_named(String key, String value) {
        assertThatThrownBy(() -> of(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.backup.cfg: " + key + " = " + value + " is not allowed");
    }

    @Test
    void at_least_one_is_kept() {
        assertThatThrownBy(() -> of(Map.of("keep", 0)))
                .hasMessageEndingWith("keep = 0 is not allowed; it takes a whole number from 1 to 1000");
    }

    private static BackupSettings of(Map<String, Object> values) {
        return Settings.of(Configs.of(BackupConfig.class, values), USUAL);
    }
}
