package org.hearthwatch.collector.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.junit.jupiter.api.Test;

class ShownSettingsTest {

    private static final ConfigurationState MAIL = new ConfigurationState(
            "org.hearthwatch.notifier.mail~home",
            Optional.of("org.hearthwatch.notifier.mail"),
            Optional.of("org.hearthwatch.notifier.mail-home.cfg"),
            Map.of(
                    "timeout",
                    "10s",
                    "to",
                    "ann@attic.lan",
                    "password",
                    "canary",
                    "service.pid",
                    "org.hearthwatch.notifier.mail~home",
                    "odd",
                    "unknown"));
    private static final ConfigurationState FOREIGN =
            new ConfigurationState("org.apache.felix.http", Optional.empty(), Optional.of("x.cfg"), Map.of("a", "b"));

    @Test
    void what_is_not_for_everybody_is_left_out_and_a_secret_always() {
        assertThat(ShownSettings.of(List.of(MAIL, FOREIGN), DataClass.INTERNAL))
                .extracting(SettingValue::key, SettingValue::value)
                .containsExactly(
                        tuple("odd", "***"), tuple("password", "***"), tuple("timeout", "10s"), tuple("to", "***"));
        assertThat(ShownSettings.of(List.of(MAIL), DataClass.SECRET).toString())
                .contains("ann@attic.lan")
                .doesNotContain("canary");
    }
}
