package org.hearthwatch.alert.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.testkit.FakeExchange;

/** Serves routes over HTTP on a free port of this machine, for programs that talk to them. */
final class ApiServer implements AutoCloseable {

    private final HttpServer server;

    ApiServer(Routes routes) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(routes, exchange);
            }
        });
        server.start();
    }

    private static void answer(Routes routes, HttpExchange exchange) throws IOException {
        FakeExchange fake = FakeExchange.of(
                        Route.Method.valueOf(exchange.getRequestMethod()),
                        exchange.getRequestURI().toString())
                .withBody(exchange.getRequestBody().readAllBytes());
        byte[] body;
        int status;
        try {
            fake.answeredBy(routes);
            status = fake.status();
            body = fake.bytes();
        } catch (HttpProblem e) {
            status = e.status();
            body = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
        } catch (AssertionError | RuntimeException e) {
            status = 500;
            body = e.toString().getBytes(StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders().set("Content-Type", fake.contentType());
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
