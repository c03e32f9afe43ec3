package org.hearthwatch.prometheus.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendSettingsReaderTest {

    private final SendSettingsReader reader = new SendSettingsReader(SendSettingsReader.PID + "~mimir");

    @Test
    void an_address_is_all_that_is_needed() {
        var config = Configs.of(SendConfig.class, Map.of("url", "https://mimir.lan/api/v1/push"));
        assertThat(reader.endpoint(config).url()).isEqualTo(URI.create("https://mimir.lan/api/v1/push"));
        assertThat(reader.sending(config).samplesPerSend()).isEqualTo(2000);
    }

    @Test
    void labels_headers_and_references_are_understood() {
        var config = Configs.of(
                SendConfig.class,
                Map.of(
                        "url", "http://a/",
                        "externalLabels", "site=home, owner=ada",
                        "headers", "X-Scope-OrgID: home",
                        "token", "env:MIMIR_TOKEN"));
        assertThat(reader.sending(config).external()).isEqualTo(Labels.of("site", "home", "owner", "ada"));
        assertThat(reader.endpoint(config).headers()).containsExactly(Map.entry("X-Scope-OrgID", "home"));
        assertThat(reader.endpoint(config).token()).contains(new SecretRef("env", "MIMIR_TOKEN"));
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://a/",
        "url, ''",
        "url, http://user:password@a/",
        "headers, Authorization: x",
        "headers, nothing",
        "externalLabels, site",
        "timeout, soon",
        "shards, 9",
        "samplesPerSend, 0",
        "cert, /cert.pem",
        "maxAge, 1s",
        "writeRelabel, [{action: explode}]"
    })
    void what_is_not_allowed_is_refused_with_its_key_and_file(String key, String value) {
        var config = Configs.of(
                SendConfig.class, key.equals("url") ? Map.of(key, value) : Map.of("url", "http://a/", key, value));
        assertThatThrownBy(() -> {
                    reader.endpoint(config);
                    reader.sending(config);
                })
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.prometheus.remotewrite-mimir.cfg: " + key + " = ");
    }

    @Test
    void a_secret_that_stands_there_itself_is_refused_and_not_repeated() {
        var config = Configs.of(SendConfig.class, Map.of("url", "http://a/", "token", "hwt_plain"));
        assertThatThrownBy(() -> reader.endpoint(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("a reference such as")
                .hasMessageNotContaining("hwt_plain");
    }
}
