package org.hearthwatch.collect.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.collect.Source;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;

class SourceReaderTest {

    private static final Collector NOTHING = sink -> {};

    @Test
    void without_a_name_the_instance_of_the_configuration_names_it() {
        Source source = read(Map.of("service.pid", "org.hearthwatch.collector.filecount~spool"));

        assertThat(source.name()).isEqualTo("filecount-spool");
        assertThat(source.job()).isEqualTo("filecount-spool");
    }

    @Test
    void without_a_configuration_the_component_names_it() {
        assertThat(read(Map.of("component.name", "org.example.DiskCollector")).name())
                .isEqualTo("DiskCollector");
    }

    @Test
    void a_name_and_a_job_of_its_own_win() {
        Source source = read(Map.of(
                "service.pid", "org.hearthwatch.collector.host",
                "hearthwatch.collector", "host one",
                "hearthwatch.job", "node"));

        assertThat(source.name()).isEqualTo("host_one");
        assertThat(source.job()).isEqualTo("node");
    }

    @Test
    void the_schedule_is_read_from_the_properties() {
        Source source = read(Map.of("hearthwatch.interval", "1m", "hearthwatch.timeout", "30s"));

        assertThat(source.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(source.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_bad_interval_leaves_the_default() {
        assertThat(read(Map.of("hearthwatch.interval", "often")).interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(read(Map.of("hearthwatch.interval", "10ms")).interval()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void the_time_out_is_never_longer_than_the_interval() {
        Source source = read(Map.of("hearthwatch.interval", "5s", "hearthwatch.timeout", "30s"));

        assertThat(source.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_bad_setting_of_the_runner_is_refused_with_file_key_and_what_is_allowed() {
        assertThatThrownBy(() -> Settings.of(Configs.of(Config.class, Map.of("interval", "often")), "hearth"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("etc/org.hearthwatch.collect.cfg", "interval = often", "from 1s to 1d");
    }

    @Test
    void the_instance_is_the_host_name_unless_configured() {
        assertThat(Settings.of(Configs.defaults(Config.class), "hearth")
                        .runner()
                        .instance())
                .isEqualTo("hearth");
        assertThat(Settings.of(Configs.of(Config.class, Map.of("instance", "attic")), "hearth")
                        .runner()
                        .instance())
                .isEqualTo("attic");
    }

    private static Source read(Map<String, ?> properties) {
        return new SourceReader(Settings.of(Configs.defaults(Config.class), "hearth"))
                .read(NOTHING, properties, "org.example");
    }
}
