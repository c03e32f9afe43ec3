package org.hearthwatch.collector.external.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path folder;

    private Path program;

    @BeforeEach
    void begin() throws Exception {
        program = Files.writeString(folder.resolve("measure"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_command_alone_will_do() {
        Settings settings = read(Map.of());

        assertThat(settings.program().name()).isEqualTo("external-shop");
        assertThat(settings.job()).isEqualTo("external-shop");
        assertThat(settings.program().command()).containsExactly(program.toString());
        assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.program().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.program().network()).isFalse();
        assertThat(settings.program().secretsByInput()).isTrue();
        assertThat(settings.program().isolation()).isEmpty();
    }

    @Test
    void words_are_split_as_they_are_quoted_and_nothing_is_expanded() {
        Settings settings = read(Map.of("command", program + " --name 'a b' \"c'd\" $HOME *  ''"));

        assertThat(settings.program().command())
                .containsExactly(program.toString(), "--name", "a b", "c'd", "$HOME", "*", "");
    }

    @Test
    void lists_are_read() {
        Settings settings = read(Map.of(
                "labels", "site=attic, rack = 1", "secrets", "TOKEN=secret:router/token", "environment", "A=b=c"));

        assertThat(settings.program().labels()).isEqualTo(Map.of("site", "attic", "rack", "1"));
        assertThat(settings.program().secrets().get("TOKEN")).hasToString("secret:router/token");
        assertThat(settings.program().environment()).isEqualTo(Map.of("A", "b=c"));
    }

    @ParameterizedTest
    @CsvSource({
        "command, measure",
        "command, /nonexistent/measure",
        "command, /etc",
        "command, ''",
        "interval, 10ms",
        "timeout, 2m",
        "memory, lots",
        "maxOutput, 1GB",
        "maxSamples, 0",
        "user, Root!",
        "labels, site",
        "labels, 1x=2",
        "secrets, TOKEN=hunter2",
        "secretsBy, argv",
        "isolation, none",
    })
    void a_value_that_is_not_allowed_is_named_with_its_file_and_key(String key, String value) {
        Map<String, Object> values = new HashMap<>();
        values.put(key, key.equals("maxSamples") ? (Object) Integer.valueOf(value) : value);

        assertThatThrownBy(() -> read(values))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("etc/org.hearthwatch.collector.external-shop.cfg: " + key + " = ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_program_that_others_may_change_is_not_run() throws Exception {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("others than its owner must not");
    }

    private Settings read(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("command", program.toString()));
        all.putAll(values);
        return Settings.of(Configs.of(ExternalConfig.class, all), "shop");
    }
}
