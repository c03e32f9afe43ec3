package org.hearthwatch.prometheus.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.prometheus.in.PushLimits;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSettingsTest {

    @Test
    void the_defaults_are_the_usual_limits() {
        var config = Configs.of(PushConfig.class, Map.of());
        assertThat(PushSettings.read(config)).isEqualTo(PushLimits.USUAL);
        assertThat(PushSettings.promoted(config)).isEmpty();
    }

    @Test
    void promoted_attributes_are_separated_by_commas() {
        var config = Configs.of(PushConfig.class, Map.of("promoteResourceAttributes", "host.name, os.type"));
        assertThat(PushSettings.promoted(config)).containsExactlyInAnyOrder("host.name", "os.type");
    }

    @ParameterizedTest
    @CsvSource({"maxBody, 1KB", "maxUnpackedBody, huge", "samplesPerSecond, 0", "memory, 1MB", "patience, 1h"})
    void what_is_not_allowed_is_refused_with_its_key(String key, String value) {
        assertThatThrownBy(() -> PushSettings.read(Configs.of(PushConfig.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.prometheus.cfg: " + key + " = " + value);
    }
}
