package org.hearthwatch.notifier.mail.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.notifier.mail.Relay;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSettingsTest {

    private static final Map<String, Object> SETTINGS =
            Map.of("smarthost", "mail.home:587", "from", "watch@home.org", "to", "me@home.org");

    @Test
    void the_port_says_how_the_connection_is_sealed_unless_the_file_does() {
        assertThat(of("smarthost", "mail.home:465").relay().tls()).isEqualTo(Relay.Tls.IMPLICIT);
        assertThat(of("smarthost", "mail.home:587").relay().tls()).isEqualTo(Relay.Tls.STARTTLS);
        assertThat(of("tls", "implicit").relay().tls()).isEqualTo(Relay.Tls.IMPLICIT);
    }

    @ParameterizedTest
    @CsvSource({
        "smarthost, mail.home",
        "tls, none",
        "tls, maybe",
        "from, ''",
        "to, ''",
        "username, ann",
        "buttons, some",
        "thread, sometimes",
        "timeout, 1h"
    })
    void a_wrong_setting_is_named_with_its_file(String key, String value) {
        assertThatThrownBy(() -> of(key, value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.notifier.mail-home.cfg: " + key + " = ");
    }

    @Test
    void a_password_that_stands_where_a_reference_belongs_is_not_repeated() {
        assertThatThrownBy(() -> of("password", "hunter2"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("hunter2");
    }

    private static MailSettings of(String key, String value) {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put(key, value);
        return MailSettings.of("org.hearthwatch.notifier.mail~home", Configs.of(MailConfig.class, settings));
    }
}
