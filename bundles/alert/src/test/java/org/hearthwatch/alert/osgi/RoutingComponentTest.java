package org.hearthwatch.alert.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.alert.config.ConfigReader;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.RecordedSamples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

class RoutingComponentTest {

    @TempDir
    private Path home;

    private final List<ServiceRegistration<?>> offered = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final BlockingQueue<Notification> told = new LinkedBlockingQueue<>();
    private Runnable offering = () -> {};
    private @Nullable RoutingComponent component;

    private <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    if (method.getName().equals("getProperty")) {
                        return given[0].equals(AlertComponent.HOME)
                                ? home.toString()
                                : home.resolve("data").toString();
                    }
                    if (method.getName().equals("registerService")) {
                        services.put((Class<?>) given[0], given[1]);
                        offering.run();
                        if (given[0] == Routing.class) {
                            open.countDown();
                        }
                        var registration = proxy(ServiceRegistration.class, Map.of());
                        offered.add(registration);
                        return registration;
                    }
                    if (method.getName().equals("unregister")) {
                        offered.removeIf(registration -> registration == self);
                    }
                    return answers.get(method.getName());
                }));
    }

    private RoutingComponent start(Map<String, String> settings) throws Exception {
        RoutingComponent started = begin(settings);
        assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
        return started;
    }

    private RoutingComponent begin(Map<String, String> settings) throws Exception {
        Files.createDirectories(home.resolve("etc"));
        Bundle bundle = proxy(Bundle.class, Map.of("getVersion", new Version(1, 0, 0)));
        BundleContext context = proxy(BundleContext.class, Map.of("getBundle", bundle));
        var all = new HashMap<>(settings);
        all.putIfAbsent("groupWait", "0s");
        all.putIfAbsent("rescanInterval", "100ms");
        var started = new RoutingComponent(context, Configs.of(AlertConfig.class, all));
        component = started;
        return started;
    }

    @AfterEach
    void stop() throws InterruptedException {
        RoutingComponent started = component;
        if (started != null) {
            started.deactivate();
            assertThat(Thread.getAllStackTraces().entrySet())
                    .filteredOn(entry -> entry.getKey().getName().startsWith("hearthwatch-alert-"))
                    .filteredOn(entry -> entry.getValue().length > 0)
                    .allSatisfy(entry -> entry.getKey().join(10_000))
                    .noneMatch(entry -> entry.getKey().isAlive());
        }
    }

    private static RaisedAlert alert(String name) {
        Instant now = Instant.now();
        return new RaisedAlert(
                Labels.of("alertname", name, "instance", "nas"),
                Map.of(),
                now,
                now.plus(Duration.ofHours(1)),
                "/graph");
    }

    private final class Phone implements Notifier {

        @Override
        public String name() {
            return "phone";
        }

        @Override
        public String kind() {
            return "ntfy";
        }

        @Override
        public String deliver(Notification notification) {
            told.add(notification);
            return "200";
        }
    }

    @Test
    void without_a_file_everything_goes_to_every_channel() throws Exception {
        RoutingComponent component = start(Map.of("externalUrl", "https://watch.home"));
        component.addNotifier(new Phone());
        component.accept(List.of(alert("Down")));

        Notification notification = told.poll(30, TimeUnit.SECONDS);

        assertThat(notification.receiver()).isEqualTo("everything");
        assertThat(notification.groupLabels()).isEqualTo(Labels.of("alertname", "Down", "instance", "nas"));
        assertThat(notification.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.acknowledge()).get().asString().startsWith("https://watch.home/alert-link/acknowledge-");
            assertThat(alert.silence()).isPresent();
        });
        var samples = new RecordedSamples();
        component.collect(samples);
        assertThat(samples.value("hearthwatch_alert_held{state=\"active\"}")).isEqualTo(1);
    }

    @Test
    void one_that_stops_while_it_opens_offers_nothing_afterwards() throws Exception {
        var opening = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        offering = () -> {
            opening.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                // What a thread does that is asked to end in the middle of offering: it goes on to the end.
                offering = () -> {};
            }
        };
        RoutingComponent component = begin(Map.of());
        assertThat(opening.await(30, TimeUnit.SECONDS)).isTrue();

        component.deactivate();

        assertThat(services).containsKey(Routing.class);
        assertThat(offered).isEmpty();
    }

    @Test
    void without_a_file_what_is_meant_for_no_person_goes_to_nobody() throws Exception {
        start(Map.of());
        var routing = (Routing) Objects.requireNonNull(services.get(Routing.class));

        assertThat(routing.trace(Labels.of("alertname", "DeadMansSwitch", "severity", "none"))
                        .destinations())
                .extracting(Routing.Destination::receiver)
                .containsExactly("nobody");
        assertThat(ConfigReader.read(routing.status().text(), Set.of()).problems())
                .isEmpty();
    }

    @Test
    void a_wrong_file_is_refused_with_its_line_and_what_was_in_force_goes_on() throws Exception {
        start(Map.of());
        var routing = (Routing) Objects.requireNonNull(services.get(Routing.class));
        write("route: {receiver: ops}\nreceivers: [{name: ops}]\n");
        routing.reload();
        write("route: {receiver: nobody}\nreceivers:\n  - name: ops\n    colour: red\n");

        assertThatThrownBy(routing::reload)
                .isInstanceOf(AlertingRefusal.class)
                .hasMessageContaining("etc/alertmanager.yml:4:13: field colour not found")
                .hasMessageContaining("etc/alertmanager.yml:1:19: undefined receiver \"nobody\" used in route");
        assertThat(routing.status().source()).isEqualTo("etc/alertmanager.yml");
        assertThat(routing.status().text()).contains("receiver: ops");
        assertThat(routing.status().problems()).hasSize(2);
        assertThat(routing.receivers()).extracting(Routing.Receiver::name).containsExactly("ops");
    }

    @Test
    void a_wrong_file_keeps_rules_from_nothing_and_both_are_told_of() throws Exception {
        start(Map.of());
        var routing = (Routing) Objects.requireNonNull(services.get(Routing.class));
        var asked = new AtomicInteger();
        Objects.requireNonNull(component).setRules(new RuleMonitor() {
            @Override
            public List<RuleGroupStatus> groups() {
                return List.of();
            }

            @Override
            public List<RefusedRules> refused() {
                return List.of();
            }

            @Override
            public void reload() throws AlertingRefusal {
                asked.incrementAndGet();
                throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, "etc/rules/a.yml:1: it is wrong too");
            }
        });
        write("route: {receiver: nobody}\n");

        assertThatThrownBy(routing::reload)
                .hasMessageContaining("etc/alertmanager.yml:1")
                .hasMessageEndingWith("; etc/rules/a.yml:1: it is wrong too");
        assertThat(asked).hasValue(1);
    }

    private void write(String text) throws IOException {
        Files.writeString(home.resolve("etc/alertmanager.yml"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "groupWait, soon",
        "groupInterval, 0s",
        "repeatInterval, 1s",
        "escalateAfter, x",
        "foldFlapping, maybe",
        "rateLimit, 5",
        "rateLimit, 5/1w",
        "deliveryDeadline, 1h",
        "linkLifetime, 1y",
        "forwardTo, am:9093",
        "heartbeatInterval, 1s"
    })
    void a_wrong_setting_is_named_with_its_file(String key, String value) {
        var config = Configs.of(AlertConfig.class, Map.of(key, value));

        assertThatThrownBy(() -> RoutingSettings.of(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.alert.cfg: " + key + " = " + value + " is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://a@b"})
    void a_wrong_address_that_may_hold_a_token_is_not_repeated(String address) {
        var config = Configs.of(AlertConfig.class, Map.of("heartbeatUrl", address));

        assertThatThrownBy(() -> RoutingSettings.of(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.alert.cfg: heartbeatUrl = *** is not allowed");
    }
}
