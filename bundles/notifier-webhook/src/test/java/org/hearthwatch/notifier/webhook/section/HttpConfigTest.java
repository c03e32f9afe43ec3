package org.hearthwatch.notifier.webhook.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.notifier.webhook.Receiver.saying;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Bench;
import org.hearthwatch.notifier.webhook.HttpNotifier;
import org.hearthwatch.notifier.webhook.Receiver;
import org.hearthwatch.notifier.webhook.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an {@code http_config} asks for, against a receiver, a proxy and one who gives tokens. */
class HttpConfigTest {

    private Bench bench;
    private Receiver other;

    @BeforeEach
    void begin() throws IOException {
        bench = new Bench();
        other = new Receiver();
    }

    @AfterEach
    void end() {
        other.close();
        bench.close();
    }

    private HttpNotifier with(Map<String, Object> httpConfig) throws InvalidReceiverException {
        return bench.section("webhook_configs", "url", "URL/hook", "http_config", httpConfig);
    }

    private HttpNotifier withTokens() throws InvalidReceiverException {
        return with(Map.of(
                "oauth2",
                Map.of(
                        "client_id",
                        "us",
                        "client_secret",
                        "secret:token",
                        "token_url",
                        other.url() + "/token",
                        "scopes",
                        List.of("alerts", "write"),
                        "endpoint_params",
                        Map.of("audience", "a b"))));
    }

    @Test
    void a_token_is_asked_for_once_and_shown_until_it_ends() throws Exception {
        other.next(
                saying(200, "{\"access_token\":\"first\",\"token_type\":\"Bearer\",\"expires_in\":60}"),
                saying(200, "{\"access_token\":\"second\"}"));
        HttpNotifier notifier = withTokens();

        notifier.deliver(Samples.mixed());
        notifier.deliver(Samples.mixed());
        bench.clock.advance(Duration.ofSeconds(55));
        notifier.deliver(Samples.mixed());

        assertThat(bench.receiver.requests())
                .extracting(request -> request.headers().get("authorization"))
                .containsExactly("Bearer first", "Bearer first", "Bearer second");
        assertThat(other.requests()).hasSize(2);
        assertThat(other.requests().get(0).headers())
                .containsEntry("authorization", "Basic dXM6dGtfZ2VoZWltLTEyMw==")
                .containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(other.requests().get(0).body())
                .isEqualTo("audience=a+b&grant_type=client_credentials&scope=alerts+write");
    }

    @Test
    void a_token_that_is_no_longer_taken_is_replaced_once() throws Exception {
        other.next(saying(200, "{\"access_token\":\"old\"}"), saying(200, "{\"access_token\":\"new\"}"));
        bench.receiver.next(saying(401, "expired"), saying(401, "I know new not either"));

        assertThatThrownBy(() -> withTokens().deliver(Samples.mixed()))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("HTTP 401: I know *** not either");
        assertThat(bench.receiver.requests()).hasSize(2);
    }

    @Test
    void a_refused_token_is_told_without_the_secret() throws Exception {
        other.next(saying(401, "{\"error\":\"invalid_client\",\"error_description\":\"" + Bench.TOKEN + "\"}"));

        assertThatThrownBy(() -> withTokens().deliver(Samples.mixed()))
                .hasMessageContaining("no token from 127.0.0.1: HTTP 401, invalid_client")
                .hasMessageNotContaining(Bench.TOKEN)
                .matches(e -> ((DeliveryException) e).retryable());
        assertThat(bench.receiver.requests()).isEmpty();
    }

    @Test
    void a_proxy_is_used_and_the_gate_asked_for_both() throws Exception {
        HttpNotifier notifier = bench.section(
                "webhook_configs",
                "url",
                "http://hooks.example.org/hook",
                "http_config",
                Map.of("proxy_url", other.url()));

        notifier.deliver(Samples.mixed());

        assertThat(other.request().target()).isEqualTo("http://hooks.example.org/hook");
        assertThat(bench.egress.asked())
                .containsExactly("notify hooks.example.org:80", "notify 127.0.0.1:" + other.port());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1      | true
            127.0.0.0/8    | true
            x, 127.0.0.1   | true
            *              | true
            127.0.0.1:1    | false
            10.0.0.0/8     | false
            .0.0.1         | true
            example.org    | false
            """)
    void a_proxy_is_left_out_where_no_proxy_says_so(String noProxy, boolean direct) throws Exception {
        with(Map.of("proxy_url", other.url(), "no_proxy", noProxy)).deliver(Samples.mixed());

        assertThat(bench.receiver.requests()).hasSize(direct ? 1 : 0);
        assertThat(other.requests()).hasSize(direct ? 0 : 1);
    }

    @Test
    void the_gate_prepares_tls_with_the_files_of_the_receiver() throws Exception {
        HttpNotifier notifier = bench.section(
                "webhook_configs",
                "url",
                "https://127.0.0.1:" + bench.receiver.port() + "/hook",
                "http_config",
                Map.of(
                        "tls_config",
                        Map.of(
                                "ca_file", "/etc/ca.pem",
                                "cert_file", "/etc/own.pem",
                                "key_file", "/etc/own.key",
                                "insecure_skip_verify", false,
                                "min_version", "TLS12")));

        assertThatThrownBy(() -> notifier.deliver(Samples.mixed())).isInstanceOf(DeliveryException.class);

        assertThat(bench.egress.settings())
                .containsExactly(new EndpointTls(
                        Optional.of(Path.of("/etc/ca.pem")),
                        Optional.of(Path.of("/etc/own.pem")),
                        Optional.of(Path.of("/etc/own.key"))));
    }

    @Test
    void what_cannot_be_had_is_refused_with_the_key() {
        assertThatThrownBy(() -> with(Map.of("tls_config", Map.of("insecure_skip_verify", true))))
                .hasMessageContaining("certificates are always checked");
        assertThatThrownBy(() -> with(Map.of("tls_config", Map.of("cert_file", "/x"))))
                .hasMessageContaining("cert_file and key_file go together");
        assertThatThrownBy(() -> with(Map.of("tls_config", Map.of("server_name", "other"))))
                .hasMessageContaining("server_name");
        assertThatThrownBy(() -> with(Map.of("proxy_url", "socks5://proxy:1080")))
                .hasMessageContaining("http_config.proxy_url");
        assertThatThrownBy(() -> with(Map.of("proxy_url", "http://user:geheim@proxy:1080")))
                .hasMessageContaining("without user name")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> with(Map.of("no_proxy", "x"))).hasMessageContaining("proxy_url");
        assertThatThrownBy(() -> with(Map.of(
                        "bearer_token",
                        "x",
                        "oauth2",
                        Map.of("client_id", "u", "client_secret", "s", "token_url", "http://t/"))))
                .hasMessageContaining("only one of");
        assertThatThrownBy(() -> with(Map.of("oauth2", Map.of("client_id", "u", "client_secret", "s"))))
                .hasMessageContaining("token_url is missing");
    }
}
