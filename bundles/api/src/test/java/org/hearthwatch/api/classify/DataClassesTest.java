package org.hearthwatch.api.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.junit.jupiter.api.Test;

class DataClassesTest {

    private final DataClasses known = DataClasses.known();

    @Test
    void a_setting_has_the_class_of_its_configuration_or_factory() {
        assertThat(known.setting("org.hearthwatch.store", "retention")).hasValue(DataClass.PUBLIC);
        assertThat(known.setting("org.hearthwatch.notifier.mail~home", "password"))
                .hasValue(DataClass.SECRET);
        assertThat(known.setting("org.hearthwatch.store", "password")).isEmpty();
        assertThat(known.settingOrSensitive("org.example.plugin", "color")).isEqualTo(DataClass.SENSITIVE);
    }

    @Test
    void the_longest_name_of_a_metric_counts() {
        assertThat(known.metric("node_load1")).hasValue(DataClass.INTERNAL);
        assertThat(known.metric("node_uname_info")).hasValue(DataClass.SENSITIVE);
        assertThat(known.metric("node_network_up")).hasValue(DataClass.SENSITIVE);
        assertThat(known.metric("somebodys_metric")).isEmpty();
    }

    @Test
    void a_secret_is_shown_to_nobody() {
        for (DataClass most : DataClass.values()) {
            assertThat(DataClass.SECRET.shown("canary", most)).isEqualTo("***");
        }
        assertThat(DataClass.SENSITIVE.shown("attic.lan", DataClass.INTERNAL)).isEqualTo("***");
        assertThat(DataClass.SENSITIVE.shown("attic.lan", DataClass.SENSITIVE)).isEqualTo("attic.lan");
        assertThat(DataClass.SENSITIVE.shown("", DataClass.PUBLIC))
                .as("that there is none")
                .isEmpty();
        assertThat(new SettingValue("a", "b", DataClass.SECRET, "canary").toString())
                .doesNotContain("canary");
    }

    @Test
    void a_refused_secret_is_not_in_the_message() {
        assertThat(new InvalidSettingException("org.hearthwatch.access.oidc", "clientSecret", "canary", "a reference"))
                .hasMessageContaining("clientSecret")
                .hasMessageContaining("***")
                .hasMessageNotContaining("canary");
        assertThat(new InvalidSettingException("org.hearthwatch.store", "retention", "soon", "a duration"))
                .hasMessageContaining("soon");
    }

    @Test
    void a_name_has_one_class() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataClasses("[metric]\npublic a\nsecret a\n"))
                .withMessageContaining("two classes");
        assertThatIllegalArgumentException().isThrownBy(() -> new DataClasses("[metric]\nodd a\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> new DataClasses("[else]\npublic a\n"));
    }
}
