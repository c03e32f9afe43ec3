package org.hearthwatch.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hearthwatch.notifier.webhook.Receiver.saying;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.notifier.webhook.section.Entry;
import org.hearthwatch.notifier.webhook.section.Sections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a delivery, against a receiver that behaves in all the ways there are. */
class DeliveryTest {

    private Bench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private DeliveryException failure() throws Exception {
        HttpNotifier notifier = bench.section("webhook_configs", "url", "URL/hook");
        return catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed()));
    }

    @Test
    void says_what_the_receiver_said() throws Exception {
        bench.receiver.next(saying(202, "queued\r\nas \u001b[31m7"));

        assertThat(bench.section("webhook_configs", "url", "URL/hook").deliver(Samples.mixed()))
                .isEqualTo("HTTP 202: queued as [31m7");
        assertThat(bench.egress.asked()).containsExactly("notify 127.0.0.1:" + bench.receiver.port());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 425, 429})
    void a_broken_or_busy_receiver_is_asked_again(int status) throws Exception {
        bench.receiver.next(saying(status, "later"));

        assertThat(failure()).hasMessage("HTTP " + status + ": later").matches(DeliveryException::retryable);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
    void a_refusal_is_final(int status) throws Exception {
        bench.receiver.next(saying(status, "no"));

        assertThat(failure()).hasMessage("HTTP " + status + ": no").matches(e -> !e.retryable());
    }

    @Test
    void a_receiver_is_left_alone_as_long_as_it_asks() throws Exception {
        bench.receiver.next(saying(429, "", "Retry-After", "17"));

        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(17));
    }

    @Test
    void a_receiver_may_ask_with_a_moment_of_its_own_clock() throws Exception {
        bench.receiver.next(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Fri, 02 Jan 1970 00:01:30 GMT");
            exchange.sendResponseHeaders(503, -1);
        });

        // The server puts today's date; a moment long past asks for nothing.
        assertThat(failure())
                .matches(DeliveryException::retryable)
                .matches(e -> e.retryAfter().isEmpty());
    }

    @Test
    void a_receiver_cannot_ask_for_ever() throws Exception {
        bench.receiver.next(saying(503, "", "Retry-After", "99999999"));

        assertThat(failure().retryAfter()).contains(Duration.ofHours(1));
    }

    @Test
    void a_receiver_that_does_not_answer_is_given_up() throws Exception {
        bench.receiver.next(bench.receiver.stalling());

        assertThat(impatient()).hasMessageContaining("127.0.0.1").matches(DeliveryException::retryable);
    }

    @Test
    void an_answer_that_never_ends_is_given_up() throws Exception {
        bench.receiver.next(bench.receiver.trickling());

        assertThat(impatient()).hasMessageContaining("no answer in time").matches(DeliveryException::retryable);
    }

    private DeliveryException impatient() throws Exception {
        Channel channel = Sections.make("webhook_configs", new Entry(Map.of("url", bench.receiver.url()), Map.of()))
                .channel();
        HttpNotifier notifier = bench.notifier(channel, Duration.ofMillis(300));
        return catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed()));
    }

    @Test
    void a_delivery_ends_when_it_is_interrupted() throws Exception {
        bench.receiver.next(bench.receiver.stalling());
        HttpNotifier notifier = bench.section("webhook_configs", "url", "URL/hook");
        var seen = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                notifier.deliver(Samples.mixed());
            } catch (DeliveryException | InterruptedException e) {
                seen.set(e);
            }
        });
        thread.start();
        thread.interrupt();
        thread.join();

        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void nobody_listening_is_a_passing_failure() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        HttpNotifier notifier = bench.section("webhook_configs", "url", "http://127.0.0.1:" + port + "/secret-path");

        DeliveryException failure =
                catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed()));

        assertThat(failure)
                .hasMessage("127.0.0.1: nobody answers at this address and port")
                .matches(DeliveryException::retryable);
    }

    @Test
    void a_receiver_that_hangs_up_is_a_passing_failure() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var hangUp = new Thread(() -> {
                try {
                    socket.accept().close();
                } catch (IOException e) {
                    // The test ends.
                }
            });
            hangUp.start();
            HttpNotifier notifier =
                    bench.section("webhook_configs", "url", "http://127.0.0.1:" + socket.getLocalPort() + "/");

            assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                    .matches(DeliveryException::retryable);
            hangUp.join();
        }
    }

    @Test
    void a_destination_that_is_not_allowed_is_never_reached() throws Exception {
        bench.egress.bar("127.0.0.1");

        assertThat(failure())
                .hasMessageStartingWith("No connection for notify to 127.0.0.1")
                .matches(e -> !e.retryable());
        assertThat(bench.receiver.requests()).isEmpty();
    }

    @Test
    void a_redirect_on_the_same_host_keeps_method_and_body() throws Exception {
        bench.receiver.next(saying(308, "", "Location", "/moved"));

        bench.section("webhook_configs", "url", "URL/hook").deliver(Samples.mixed());

        assertThat(bench.receiver.requests())
                .extracting(Receiver.Request::target)
                .containsExactly("/hook", "/moved");
        assertThat(bench.receiver.requests().get(1).body())
                .isEqualTo(bench.receiver.requests().get(0).body());
    }

    @Test
    void a_redirect_to_another_host_is_not_followed() throws Exception {
        try (var other = new Receiver()) {
            bench.receiver.next(saying(307, "", "Location", other.url() + "/steal"));

            assertThat(failure()).hasMessageContaining("redirects").matches(e -> !e.retryable());
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void redirects_do_not_go_round_for_ever() throws Exception {
        var again = saying(307, "", "Location", "/hook");
        bench.receiver.next(again, again, again, again, again);

        assertThat(failure()).hasMessageContaining("HTTP 307");
        assertThat(bench.receiver.requests()).hasSize(4);
    }

    @Test
    void a_huge_answer_is_cut_off() throws Exception {
        bench.receiver.next(saying(400, "x".repeat(5_000_000)));

        assertThat(failure()).message().hasSizeLessThan(400);
    }

    @Test
    void a_secret_that_comes_back_is_hidden() throws Exception {
        bench.receiver.next(exchange -> saying(
                        401, "bad credentials: " + exchange.getRequestHeaders().getFirst("Authorization"))
                .answer(exchange));
        HttpNotifier notifier = bench.section(
                "webhook_configs",
                "url",
                "URL/hook",
                "http_config",
                Map.of("authorization", Map.of("credentials", "secret:token")));

        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .hasMessage("HTTP 401: bad credentials: Bearer ***");
        assertThat(bench.receiver.request().headers()).containsEntry("authorization", "Bearer " + Bench.TOKEN);
    }

    @Test
    void a_secret_that_is_not_there_is_waited_for() throws Exception {
        HttpNotifier notifier = bench.section("ntfy_configs", "url", "URL/alerts", "token", "secret:missing");

        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .hasMessageContaining("secret:missing")
                .matches(DeliveryException::retryable);
        assertThat(bench.receiver.requests()).isEmpty();
    }

    @Test
    void a_token_with_line_ends_in_it_goes_nowhere() throws Exception {
        bench.secrets.values().put("secret:odd", "abc\r\nX-Evil: 1");
        HttpNotifier notifier = bench.section("ntfy_configs", "url", "URL/alerts", "token", "secret:odd");

        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .hasMessageNotContaining("abc")
                .matches(e -> !e.retryable());
        assertThat(bench.receiver.requests()).isEmpty();
    }
}
