package org.hearthwatch.http.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.http.jetty.PortLimits;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void the_defaults_are_allowed() {
        Settings settings = Settings.of(Configs.defaults(HttpConfig.class));

        assertThat(settings.edge().hosts()).isEmpty();
        assertThat(settings.edge().maxStreams()).isEqualTo(32);
        assertThat(settings.port())
                .isEqualTo(new PortLimits(200, 20, 20, Duration.ofSeconds(15), Duration.ofSeconds(30)));
    }

    @Test
    void host_names_are_a_list_and_their_case_does_not_count() {
        Settings settings =
                Settings.of(Configs.of(HttpConfig.class, Map.of("hosts", "NAS.lan, 192.168.1.5 ,[fe80::1]")));

        assertThat(settings.edge().hosts()).containsExactlyInAnyOrder("nas.lan", "192.168.1.5", "[fe80::1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://nas.lan", "nas.lan:8470", "*", "nas.lan/console", "a b"})
    void what_is_no_host_name_is_refused(String hosts) {
        assertThatThrownBy(() -> Settings.of(Configs.of(HttpConfig.class, Map.of("hosts", hosts))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("etc/org.hearthwatch.http.cfg: hosts = " + hosts
                        + " is not allowed; it takes host names without scheme and port, separated by commas");
    }

    @Test
    void addresses_and_sources_are_lists() {
        Settings settings = Settings.of(Configs.of(
                HttpConfig.class,
                Map.of(
                        "addresses", "192.168.1.5:9443, wg0",
                        "allowedSources", "192.168.1.0/24,fd00::/8",
                        "metricsSources", "192.168.1.9")));

        assertThat(settings.addresses())
                .containsExactly(new ListenAddress("192.168.1.5", 9443), new ListenAddress("wg0", 8443));
        assertThat(settings.edge().sources().console()).hasSize(2);
        assertThat(settings.edge().sources().metrics()).hasSize(1);
        assertThat(settings.edge().sources().push()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "addresses, https://nas.lan",
        "addresses, 192.168.1.5:99999",
        "allowedSources, nas.lan",
        "metricsSources, 10.0.0.0/33",
        "pushSources, 127.1"
    })
    void what_is_no_address_is_refused(String key, String value) {
        assertThatThrownBy(() -> Settings.of(Configs.of(HttpConfig.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + " = " + value);
    }

    @ParameterizedTest
    @CsvSource({"requestDeadline, 0s", "requestDeadline, soon", "idleTimeout, 10s", "idleTimeout, 2h"})
    void times_are_bounded(String key, String value) {
        assertThatThrownBy(() -> Settings.of(Configs.of(HttpConfig.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + " = " + value);
    }

    @ParameterizedTest
    @CsvSource({"connections, 9", "connectionsPerAddress, 0", "connectionRate, 0", "maxStreams, 501"})
    void numbers_are_bounded(String key, int value) {
        assertThatThrownBy(() -> Settings.of(Configs.of(HttpConfig.class, Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + " = " + value);
    }
}
