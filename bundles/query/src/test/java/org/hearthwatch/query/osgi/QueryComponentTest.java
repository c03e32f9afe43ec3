package org.hearthwatch.query.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryComponentTest {

    private final MemorySeries store = new MemorySeries().put(Labels.of(Labels.NAME, "m"), 0, 1);

    private static QueryConfig config(Map<String, String> settings) {
        return Configs.of(QueryConfig.class, settings);
    }

    private static int seriesFound(QueryComponent component) throws Exception {
        var vector = (QueryValue.Vector)
                component.instant("m", Instant.ofEpochSecond(60)).value();
        return vector.samples().size();
    }

    @Test
    void takes_settings_over_while_running_and_keeps_them_when_new_ones_are_wrong() throws Exception {
        var component = new QueryComponent(store, config(Map.of()));
        assertThat(seriesFound(component)).isEqualTo(1);

        component.modified(config(Map.of("lookback", "30s")));
        assertThat(seriesFound(component)).isZero();

        component.modified(config(Map.of("lookback", "soon")));
        assertThat(seriesFound(component)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 0s",
        "maxConcurrency, none",
        "maxSamples, 1",
        "maxMemory, 100GB",
        "lookback, 2y",
        "subqueryStep, 1",
        "features, native-everything"
    })
    void a_wrong_setting_is_named_with_its_file(String key, String value) {
        var reader = new SettingsReader(256L << 20);
        var config = config(Map.of(key, value));

        assertThatThrownBy(() -> {
                    reader.limits(config);
                    reader.dialect(config);
                })
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                        "etc/org.hearthwatch.query.cfg: " + key + " = " + value + " is not allowed; it takes ");
    }

    @Test
    void features_are_turned_on_by_their_prometheus_names() throws Exception {
        var component = new QueryComponent(store, config(Map.of("features", "promql-experimental-functions")));

        assertThat(component.format("limitk(1,m)")).isEqualTo("limitk(1, m)");
    }
}
