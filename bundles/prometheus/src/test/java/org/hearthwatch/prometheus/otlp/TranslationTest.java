package org.hearthwatch.prometheus.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest {

    @ParameterizedTest
    @CsvSource({
        "system.cpu.time, s, true, false, system_cpu_time_seconds_total",
        "system.io, foo/bar, false, false, system_io_foo_per_bar",
        "http.server.duration, ms, false, false, http_server_duration_milliseconds",
        "system.filesystem.usage, By, false, true, system_filesystem_usage_bytes",
        "system.network.dropped, {packets}, true, false, system_network_dropped_total",
        "system.network.dropped, {packets}/s, false, false, system_network_dropped_per_second",
        "system.memory.utilization, 1, false, true, system_memory_utilization_ratio",
        "requests, 1, false, false, requests",
        "memory_bytes, By, false, true, memory_bytes",
        "total.of.all, 1, true, false, of_all_total",
        "1st.metric, '', false, true, _1st_metric",
        "räume, '', false, true, r_ume",
    })
    void metric_names_get_underscores_and_suffixes(
            String name, String unit, boolean counter, boolean gauge, String expected) {
        assertThat(Translation.metric(name, unit, counter, gauge)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http.method, http_method",
        "1st, key_1st",
        "_private, key_private",
        "__reserved, __reserved",
        "ü, key_",
        "a-b, a_b"
    })
    void label_names_get_underscores(String attribute, String expected) {
        assertThat(Translation.label(attribute)).isEqualTo(expected);
    }
}
