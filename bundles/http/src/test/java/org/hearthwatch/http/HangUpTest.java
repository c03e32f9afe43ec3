package org.hearthwatch.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HangUpTest {

    private static final byte[] CHUNK = new byte[64 * 1024];

    /** What came out of the servlet, which whoever calls it would log as an error. */
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    private EdgeServer server;

    @BeforeEach
    void open() throws Exception {
        server = EdgeServer.start()
                .serving(
                        Route.get("/api/v1/streamed", Guard.open(), HangUpTest::endless),
                        Route.get("/api/v1/wrapped", Guard.open(), exchange -> {
                            try {
                                endless(exchange);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }));
        Filter watch = (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
                outcome.complete("nothing");
            } catch (IOException | RuntimeException e) {
                outcome.complete(e.toString());
                throw e;
            }
        };
        ((ServletContextHandler) server.jetty().getHandler())
                .addFilter(new FilterHolder(watch), "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"streamed", "wrapped"})
    void a_client_that_goes_away_is_no_error(String path) throws Exception {
        try (var socket = server.connect()) {
            socket.getOutputStream()
                    .write(("GET /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
            socket.setSoLinger(true, 0);
        }

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo("nothing");
    }

    private static void endless(Exchange exchange) throws IOException {
        try (OutputStream out = exchange.respond(200, "application/octet-stream")) {
            while (true) {
                out.write(CHUNK);
            }
        }
    }
}
