package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.health.SettingsInForce;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.junit.jupiter.api.Test;

class DataClassCommandsTest {

    private final TestScreen screen = new TestScreen()
            .with(
                    SettingsInForce.class,
                    most -> List.of(
                            new SettingValue(
                                    "a.mail", "to", DataClass.SENSITIVE, DataClass.SENSITIVE.shown("ann@lan", most)),
                            new SettingValue("a.mail", "password", DataClass.SECRET, "canary")));

    @Test
    void the_class_of_everything_is_listed() {
        assertThat(screen.run("data-classes")).isZero();
        assertThat(screen.out()).contains("org.hearthwatch.access.oidc", "clientSecret", "node_*", "secret");
        assertThat(screen.run("data-classes --json")).isZero();
        assertThat(screen.out())
                .contains("{\"kind\":\"field\",\"group\":\"audit\",\"name\":\"actor\",\"class\":\"sensitive\"}");
    }

    @Test
    void settings_are_listed_up_to_a_class_and_never_a_secret() {
        assertThat(screen.run("config-list")).isZero();
        assertThat(screen.out()).doesNotContain("ann@lan", "canary");
        assertThat(screen.run("config-list --sensitive --json")).isZero();
        assertThat(screen.out()).contains("ann@lan", "\"value\":\"***\"").doesNotContain("canary");
    }
}
