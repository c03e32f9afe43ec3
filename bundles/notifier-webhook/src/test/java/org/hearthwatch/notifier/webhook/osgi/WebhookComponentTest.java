package org.hearthwatch.notifier.webhook.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.notifier.webhook.Bench;
import org.hearthwatch.notifier.webhook.Receiver;
import org.hearthwatch.notifier.webhook.Samples;
import org.hearthwatch.notifier.webhook.section.Kind;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class WebhookComponentTest {

    private static final String PID = "org.hearthwatch.notifier.webhook~phone";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final List<Notifier> offered = new ArrayList<>();
    private final Traffic traffic = new Traffic();

    private static WebhookConfig config(Map<String, String> settings) {
        return Configs.of(WebhookConfig.class, settings);
    }

    /** Where services are registered, as far as the component needs it. */
    private BundleContext context() {
        return proxy(BundleContext.class, (method, arguments) -> {
            assertThat(method).isEqualTo("registerService");
            var notifier = (Notifier) arguments[1];
            offered.add(notifier);
            return proxy(ServiceRegistration.class, (inner, none) -> offered.remove(notifier));
        });
    }

    private interface Calls {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> {
                        Object answer = calls.to(method.getName(), arguments);
                        yield method.getReturnType() == void.class ? null : answer;
                    }
                }));
    }

    @Test
    void a_file_makes_a_channel_and_its_end_ends_it() throws Exception {
        try (var bench = new Bench()) {
            var component = new WebhookComponent(
                    context(),
                    bench.egress,
                    bench.secrets,
                    traffic,
                    config(Map.of("kind", "ntfy", "url", bench.receiver.url() + "/alerts", "token", "secret:token")),
                    Map.of("service.pid", PID));

            assertThat(offered).singleElement().satisfies(notifier -> {
                assertThat(notifier.name()).isEqualTo("phone");
                assertThat(notifier.kind()).isEqualTo("ntfy");
                assertThat(notifier.deliver(Samples.firing("critical"))).isEqualTo("HTTP 200: ok");
            });
            var samples = new RecordedSamples();
            traffic.collect(samples);
            assertThat(samples.value("hearthwatch_notifier_webhook_deliveries_total{kind=\"ntfy\", outcome=\"taken\"}"))
                    .isEqualTo(1);

            component.deactivate();
            traffic.deactivate();
            assertThat(offered).isEmpty();
        }
    }

    @Test
    void wrong_settings_leave_those_before_in_force() throws Exception {
        try (var bench = new Bench()) {
            var component = new WebhookComponent(
                    context(),
                    bench.egress,
                    bench.secrets,
                    traffic,
                    config(Map.of("kind", "ntfy", "url", bench.receiver.url() + "/alerts")),
                    Map.of("service.pid", PID));
            List<Notifier> before = List.copyOf(offered);

            component.modified(config(Map.of("kind", "pigeon")));

            assertThat(offered).isEqualTo(before);
            component.deactivate();
            traffic.deactivate();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pigeon | url        | https://x.home/a | kind = pigeon is not allowed; it takes one of ntfy, ",
                "ntfy   | token      | plain-secret     | token = *** is not allowed; it takes a reference such as secret:NAME",
                "ntfy   | sender     | me               | sender = me is not allowed; it takes another value: ntfy has no such setting",
                "ntfy   | priorities | high             | priorities = high is not allowed",
                "ntfy   | timeout    | 1h               | timeout = 1h is not allowed",
                "ntfy   | buttons    | maybe            | buttons = maybe is not allowed",
                "gotify | target     | x                | target = *** is not allowed",
                "gotify | text       | x                | token =  is not allowed; it takes another value: one of token and token_file is needed"
            })
    void a_wrong_setting_is_named_with_its_file(String kind, String key, String value, String message) {
        var settings = new HashMap<String, String>(Map.of("kind", kind, "url", "https://x.home/a"));
        settings.put(key, value);

        assertThatThrownBy(() -> ChannelSettings.of(PID, config(settings), () -> NOW))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("etc/org.hearthwatch.notifier.webhook-phone.cfg: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("plain-secret");
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_can_be_had_with_few_settings(Kind kind) throws Exception {
        var settings = new HashMap<String, String>(Map.of("kind", kind.word(), "url", "https://service.home/topic"));
        switch (kind) {
            case GOTIFY -> settings.put("token", "secret:token");
            case TELEGRAM -> settings.putAll(Map.of("token", "secret:bot", "target", "-1001"));
            case MATRIX -> settings.putAll(Map.of("token", "secret:token", "target", "!room:home.org"));
            case PUSHOVER -> {
                settings.remove("url");
                settings.putAll(Map.of("token", "secret:token", "target", "secret:token"));
            }
            case SIGNAL -> settings.putAll(Map.of("sender", "+491234567", "target", "+497654321, +498888888"));
            case PAGERDUTY -> settings.put("token", "secret:token");
            default -> {}
        }
        try (var bench = new Bench()) {
            bench.secrets.values().put("secret:bot", "123:AB");
            ChannelSettings made = ChannelSettings.of(PID, config(settings), () -> NOW);

            assertThat(bench.call(made.channel(), Samples.firing("critical")).body())
                    .isNotEmpty();
        }
    }

    @Test
    void a_webhook_can_prove_who_sent_it() throws Exception {
        try (var bench = new Bench()) {
            bench.secrets.values().put("secret:sign", "k3y-for-signing");
            ChannelSettings made = ChannelSettings.of(
                    PID,
                    config(Map.of("kind", "webhook", "url", bench.receiver.url(), "signingKey", "secret:sign")),
                    () -> NOW);
            bench.notifier(made.channel(), made.timeout()).deliver(Samples.firing("critical"));

            Receiver.Request request = bench.receiver.request();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("k3y-for-signing".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal(("1700000000." + request.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(request.headers())
                    .containsEntry(
                            "hearthwatch-signature",
                            "t=1700000000,v1=" + HexFormat.of().formatHex(expected))
                    .containsEntry("idempotency-key", "key-1/e");
        }
    }
}
