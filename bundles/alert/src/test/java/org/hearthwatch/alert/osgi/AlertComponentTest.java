package org.hearthwatch.alert.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;

class AlertComponentTest {

    /** Threads of tests before this one may still be about to end. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private static final String RULES = """
            groups:
              - name: house
                interval: 1s
                rules: [{alert: Down, expr: down}]
            """;

    @TempDir
    private Path home;

    private final ScriptedEngine engine = new ScriptedEngine().answers("down", Labels.of("instance", "nas"));
    private final BlockingQueue<List<RaisedAlert>> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void lay_out() throws IOException {
        Files.createDirectories(home.resolve("etc/rules"));
    }

    private AlertComponent component(Map<String, String> settings) {
        var context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    assertThat(arguments).containsExactly(AlertComponent.HOME);
                    return home.toString();
                });
        var component = new AlertComponent(context, engine, new MemorySeries(), config(settings));
        component.addSink(told::add);
        return component;
    }

    private static AlertConfig config(Map<String, String> settings) {
        var quiet = new HashMap<>(settings);
        quiet.putIfAbsent("rulePack", "off");
        return Configs.of(AlertConfig.class, quiet);
    }

    @Test
    void rules_that_are_put_in_raise_alerts_and_nothing_stays_when_it_stops() throws Exception {
        AlertComponent component = component(Map.of("rescanInterval", "100ms"));
        Files.writeString(home.resolve("etc/rules/house.yml"), RULES);

        List<RaisedAlert> alerts = told.poll(30, TimeUnit.SECONDS);

        assertThat(alerts)
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.labels()).isEqualTo(Labels.of("alertname", "Down", "instance", "nas")));
        assertThat(component.groups()).singleElement().satisfies(group -> {
            assertThat(group.file()).isEqualTo("rules/house.yml");
            assertThat(group.rules())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            RuleStatus.Alerting.class,
                            rule -> assertThat(rule.state()).isEqualTo(AlertState.FIRING));
        });

        component.deactivate();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("hearthwatch-alert-"));
    }

    @Test
    void once_stopped_it_takes_nothing_up_whoever_asks() throws Exception {
        AlertComponent component = component(Map.of());
        component.deactivate();
        Files.writeString(home.resolve("etc/rules/house.yml"), RULES);

        component.reload();

        assertThat(component.groups()).isEmpty();
    }

    @Test
    void has_the_rule_pack_on_from_the_first_minute() throws Exception {
        engine.answers("vector(1)", Labels.EMPTY);
        AlertComponent component = component(Map.of("rulePack", "quiet", "evaluationInterval", "1s"));

        assertThat(told.poll(30, TimeUnit.SECONDS))
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels().get("alertname")).isEqualTo("DeadMansSwitch"));
        component.deactivate();
    }

    @Test
    void one_who_fails_to_take_alerts_keeps_them_from_nobody() throws Exception {
        Files.writeString(home.resolve("etc/rules/house.yml"), RULES);
        AlertComponent component = component(Map.of());
        component.addSink(alerts -> {
            throw new IllegalStateException("no");
        });
        component.addSink(told::add);

        assertThat(told.poll(30, TimeUnit.SECONDS)).hasSize(1);
        assertThat(told.poll(30, TimeUnit.SECONDS)).hasSize(1);
        component.deactivate();
    }

    @Test
    void reports_its_own_figures() throws Exception {
        Files.writeString(home.resolve("etc/rules/house.yml"), RULES);
        AlertComponent component = component(Map.of());
        assertThat(told.poll(30, TimeUnit.SECONDS)).hasSize(1);

        var samples = new RecordedSamples();
        component.collect(samples);
        component.deactivate();

        assertThat(samples.value("hearthwatch_alert_group_rules{rule_group=\"rules/house.yml;house\"}"))
                .isEqualTo(1);
        assertThat(samples.value("hearthwatch_alert_active{state=\"firing\"}")).isEqualTo(1);
        assertThat(samples.value("hearthwatch_alert_refused_files")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "evaluationInterval, 0s",
        "queryOffset, soon",
        "threads, 0",
        "resendDelay, 2d",
        "outageTolerance, 1y",
        "gracePeriod, x",
        "externalUrl, watch.home",
        "rescanInterval, 1ms",
        "rulePack, loud"
    })
    void a_wrong_setting_is_named_with_its_file(String key, String value) {
        var config = config(Map.of(key, value));

        assertThatThrownBy(() -> AlertSettings.of(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                        "etc/org.hearthwatch.alert.cfg: " + key + " = " + value + " is not allowed; it takes ");
    }
}
