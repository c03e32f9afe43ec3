package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {

    private final BlockingQueue<EventStream> opened = new LinkedBlockingQueue<>();
    private EdgeServer server;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start()
                .serving(Route.get(
                        "/live", Guard.needs(Permission.read("x:read")), exchange -> opened.add(exchange.events())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void events_arrive_in_order_and_the_end_is_seen() throws Exception {
        try (var reader = new Reader(server.access.session("u", Scope.READ))) {
            EventStream stream = stream();
            assertThat(stream.send("sample", "{\"a\":1}")).isTrue();
            assertThat(stream.send("sample", "{\"a\":2}")).isTrue();

            assertThat(reader.line("event")).isEqualTo("event: sample");
            assertThat(reader.line("data")).isEqualTo("data: {\"a\":1}");
            assertThat(reader.line("data")).isEqualTo("data: {\"a\":2}");
            stream.close();
            assertThat(reader.readsToTheEnd()).isTrue();
            assertThat(stream.isOpen()).isFalse();
            assertThat(stream.send("sample", "{}")).isFalse();
        }
    }

    @Test
    void it_is_an_event_stream_that_nobody_keeps_or_compresses() throws Exception {
        try (var reader = new Reader(server.access.session("u", Scope.READ))) {
            stream();
            assertThat(reader.line("HTTP/")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(reader.line("Content-Type"))
                    .isEqualToIgnoringCase("Content-Type: text/event-stream;charset=utf-8");
        }
    }

    @Test
    void a_heartbeat_keeps_a_quiet_stream_open() throws Exception {
        try (var reader = new Reader(server.access.session("u", Scope.READ))) {
            EventStream stream = stream();
            reader.line(": ");
            server.edge.beat();
            reader.line(": ");

            assertThat(stream.isOpen()).isTrue();
        }
    }

    @Test
    void a_stream_ends_with_its_session() throws Exception {
        String session = server.access.session("u", Scope.READ);
        try (var reader = new Reader(session)) {
            EventStream stream = stream();
            var closed = new CountDownLatch(1);
            stream.onClose(closed::countDown);
            reader.line(": ");
            server.access.signOut(Secret.of(session));

            server.edge.beat();

            assertThat(reader.readsToTheEnd()).isTrue();
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void more_streams_than_allowed_are_refused_until_one_closes() throws Exception {
        String session = server.access.session("u", Scope.READ);
        try (var first = new Reader(session);
                var second = new Reader(session);
                var third = new Reader(session)) {
            EventStream stream = stream();
            stream();
            assertThat(java.util.stream.Stream.of(first, second, third)
                            .map(Reader::status)
                            .toList())
                    .containsExactlyInAnyOrder(
                            "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 503 Service Unavailable");
            stream.close();
            try (var fourth = new Reader(session)) {
                stream();
                assertThat(fourth.status()).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void a_reader_that_does_not_read_is_cut_off_and_delays_nobody() throws Exception {
        try (var lazy = new Reader(server.access.session("u", Scope.READ))) {
            EventStream stream = stream();
            assertThat(lazy.status()).isEqualTo("HTTP/1.1 200 OK");
            String large = "x".repeat(200_000);
            long began = System.nanoTime();
            int sent = 0;
            while (stream.send("sample", large)) {
                sent++;
                assertThat(sent).as("events taken for a reader that reads none").isLessThan(1000);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(stream.isOpen()).isFalse();
        }
    }

    @Test
    void a_reader_who_leaves_is_noticed() throws Exception {
        EventStream stream;
        try (var reader = new Reader(server.access.session("u", Scope.READ))) {
            stream = stream();
            reader.line(": ");
        }
        var closed = new CountDownLatch(1);
        stream.onClose(closed::countDown);
        for (int i = 0; i < 500 && closed.getCount() > 0; i++) {
            stream.send("sample", "x".repeat(10_000));
            closed.await(10, TimeUnit.MILLISECONDS);
        }
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void a_line_break_in_an_event_is_refused() throws Exception {
        try (var reader = new Reader(server.access.session("u", Scope.READ))) {
            EventStream stream = stream();
            reader.line(": ");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> stream.send("sample", "a\nevent: other"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private EventStream stream() throws InterruptedException {
        EventStream stream = opened.poll(10, TimeUnit.SECONDS);
        assertThat(stream).as("a stream that was opened").isNotNull();
        return stream;
    }

    private final class Reader implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        private Reader(String session) throws IOException {
            socket = server.connect();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String request =
                    "GET /live HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nCookie: hearthwatch-session-"
                            + server.port() + "=" + session + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        private String line(String start) throws IOException {
            String line = in.readLine();
            while (line != null && !line.startsWith(start)) {
                line = in.readLine();
            }
            assertThat(line).as("a line that starts with " + start).isNotNull();
            return line;
        }

        private String status() {
            try {
                return line("HTTP/");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** Whether the stream ends properly: the last chunk has length zero. */
        private boolean readsToTheEnd() throws IOException {
            String line = in.readLine();
            while (line != null && !line.equals("0")) {
                line = in.readLine();
            }
            return line != null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
