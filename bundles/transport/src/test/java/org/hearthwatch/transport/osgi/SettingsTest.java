package org.hearthwatch.transport.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.transport.certificate.Pin;
import org.hearthwatch.transport.egress.EgressRules.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String ONE = "sha256/" + "A".repeat(43) + "=";
    private static final String OTHER = "sha256/" + "B".repeat(43) + "=";

    @Test
    void the_defaults_bar_nothing_and_pin_nothing() {
        Settings settings = of(Map.of());

        assertThat(settings.egress().reach()).isEqualTo(Reach.ANY);
        assertThat(settings.egress().pins()).isEmpty();
        assertThat(settings.authorities()).isEmpty();
    }

    @Test
    void reads_lists(@TempDir Path folder) throws Exception {
        Path authorities = Files.createFile(folder.resolve("ca.pem"));

        Settings settings = of(Map.of(
                "egress", " Listed ",
                "allow", "smtp.example.org:587 for notify,, 10.0.0.0/8",
                "caFiles", authorities.toString(),
                "pins", "NAS.lan = " + ONE + " " + OTHER + ", [fd00::1] = " + ONE,
                "tls12Hosts", "old.lan, 10.0.0.7"));

        assertThat(settings.egress().reach()).isEqualTo(Reach.LISTED);
        assertThat(settings.egress().allowed()).hasSize(2);
        assertThat(settings.egress().pins())
                .containsEntry("nas.lan", List.of(new Pin(ONE), new Pin(OTHER)))
                .containsEntry("fd00::1", List.of(new Pin(ONE)));
        assertThat(settings.egress().tls12()).containsExactlyInAnyOrder("old.lan", "10.0.0.7");
        assertThat(settings.authorities()).containsExactly(authorities);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "egress     | some",
                "allow      | http://example.org",
                "allow      | host:70000",
                "allow      | 10.0.0.0/33",
                "allow      | 127.1",
                "allow      | *",
                "caFiles    | relative.pem",
                "caFiles    | /nowhere/at/all.pem",
                "pins       | nas.lan",
                "pins       | nas.lan = sha1/AAAA",
                "pins       | nas.lan =",
                "tls12Hosts | host:443",
            })
    void a_wrong_value_is_refused_and_named(String key, String value) {
        assertThatThrownBy(() -> of(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.transport.cfg: " + key + " = " + value);
    }

    @Test
    void a_path_that_cannot_be_one_is_refused_like_every_wrong_value() {
        assertThatThrownBy(() -> of(Map.of("certificate", "/a\0b")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("certificate = ");
        assertThatThrownBy(() -> of(Map.of("certificate", "server.pem")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageEndingWith("an absolute path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "fd00::/8", "[fd00::/8]", "::1", "a.example.org:1", "*.lan", "host_1"})
    void destinations_come_in_these_forms(String destination) {
        assertThat(of(Map.of("allow", destination)).egress().allowed()).hasSize(1);
    }

    private static Settings of(Map<String, Object> values) {
        return Settings.of(Configs.of(TransportConfig.class, values));
    }
}
