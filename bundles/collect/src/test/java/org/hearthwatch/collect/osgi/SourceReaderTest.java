package org.hearthwatch.collect.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.hearthwatch.api.collect.Collector;
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
    void a_bad_setting_of_the_runner_is_told_with_file_key_and_what_is_allowed_and_the_default_holds() {
        Settings settings = Settings.of(Configs.of(Config.class, Map.of("interval", "often", "threads", 0)), "hearth");

        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.threads()).isEqualTo(4);
        assertThat(settings.refused())
                .containsExactly(
                        "etc/org.hearthwatch.collect.cfg: interval = often is not allowed; it takes a duration such as"
                                + " 250ms, 15s, 5m, 1h30m, 15d or 1y, from 1s to 1d",
                        "etc/org.hearthwatch.collect.cfg: threads = 0 is not allowed; it takes a whole number from 1 to"
                                + " 64");
    }

    @Test
    void the_defaults_of_the_settings_are_allowed() {
        assertThat(Settings.of(Configs.defaults(Config.class), "hearth").refused())
                .isEmpty();
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
