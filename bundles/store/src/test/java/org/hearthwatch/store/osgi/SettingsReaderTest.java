package org.hearthwatch.store.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.store.StoreSettings;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private final SettingsReader reader = new SettingsReader(256L << 20);

    @Test
    void the_defaults_of_the_file_are_those_of_the_engine() {
        assertThat(reader.read(Configs.defaults(StoreConfig.class))).isEqualTo(StoreSettings.DEFAULTS);
    }

    @Test
    void reads_durations_sizes_and_counts() {
        var settings = reader.read(Configs.of(
                StoreConfig.class,
                Map.of("retention", "90d", "outOfOrderWindow", "3650d", "memory", "100MB", "maxSeries", " 5000 ")));

        assertThat(settings.retention()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.outOfOrderWindow()).isEqualTo(Duration.ofDays(3650));
        assertThat(settings.memoryBytes()).isEqualTo(100L << 20);
        assertThat(settings.maxSeries()).isEqualTo(5000);
    }

    @ParameterizedTest
    @CsvSource({
        "retention, soon, a duration",
        "retention, 5m, from 1h to",
        "retentionSize, 1MB, from 64MB",
        "memory, 129MB, to 128MB",
        "memory, much, a size",
        "outOfOrderWindow, 3651d, to 10y",
        "futureWindow, 2d, to 1d",
        "maxSeries, 0, a whole number from 1 to",
        "maxSeries, many, a whole number",
        "commitInterval, 11s, to 10s",
        "reserve, 2GB, to 1GB"
    })
    void refuses_what_is_not_allowed_and_says_what_is(String key, String value, String allowed) {
        var config = Configs.of(StoreConfig.class, Map.of(key, value));

        assertThatThrownBy(() -> reader.read(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.store.cfg: " + key + " = " + value + " is not allowed")
                .hasMessageContaining(allowed);
    }

    @Test
    void the_shipped_file_shows_every_key_with_its_default() throws Exception {
        var shown = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Path.of("../../etc/org.hearthwatch.store.cfg"))) {
            var setting = line.replaceFirst("^# (\\w+) = (.*)$", "$1=$2");
            if (!setting.equals(line)) {
                shown.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        var defaults = new TreeMap<String, String>();
        for (var method : StoreConfig.class.getDeclaredMethods()) {
            defaults.put(method.getName(), String.valueOf(method.getDefaultValue()));
        }

        assertThat(shown).isEqualTo(defaults);
    }
}
