package org.hearthwatch.prometheus.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.prometheus.http.ApiSettings;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSettingsReaderTest {

    @Test
    void reads_labels_and_where_snapshots_go() {
        ApiSettings settings = read(Map.of("externalLabels", "site=home, env = lab", "snapshots", "snaps"));

        assertThat(settings.externalLabels()).isEqualTo(Labels.of("site", "home", "env", "lab"));
        assertThat(settings.snapshots()).isEqualTo(Path.of("/data/snaps"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "=home", "1st=home", "__name__=up", "si-te=home"})
    void labels_have_labels_names(String labels) {
        assertThatThrownBy(() -> read(Map.of("externalLabels", labels)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("externalLabels = " + labels + " is not allowed");
    }

    private static ApiSettings read(Map<String, Object> values) {
        return new ApiSettingsReader(Path.of("/data")).read(Configs.of(ApiConfig.class, values));
    }
}
