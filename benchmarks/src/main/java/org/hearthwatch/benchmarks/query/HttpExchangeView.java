package org.hearthwatch.benchmarks.query;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;

/** What the bundles' routes ask of a request, over the JDK's HTTP server. Nothing is compressed. For one thread. */
final class HttpExchangeView implements Exchange {

    private final HttpExchange http;
    private final Map<String, List<String>> parameters = new TreeMap<>();

    HttpExchangeView(HttpExchange http) {
        this.http = http;
        String query = http.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] sides = pair.split("=", 2);
            parameters
                    .computeIfAbsent(decoded(sides[0]), name -> new ArrayList<>())
                    .add(sides.length > 1 ? decoded(sides[1]) : "");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Route.Method method() {
        return Route.Method.valueOf(http.getRequestMethod());
    }

    @Override
    public String path() {
        return http.getRequestURI().getPath();
    }

    @Override
    public String pathParameter(String name) {
        throw new IllegalArgumentException("No route of the benchmark has a placeholder " + name);
    }

    @Override
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    @Override
    public List<String> parameters(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
    }

    @Override
    public String remoteAddress() {
        return http.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public boolean isLocal() {
        return http.getRemoteAddress().getAddress().isLoopbackAddress();
    }

    @Override
    public InputStream body(long maxBytes) {
        return http.getRequestBody();
    }

    @Override
    public void header(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    @Override
    public void respond(int status, String contentType, byte[] body) throws IOException {
        header("Content-Type", contentType);
        http.sendResponseHeaders(status, body.length);
        try (OutputStream out = http.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public OutputStream respond(int status, String contentType) {
        // Small answers go out with their length and in one piece, as a servlet container sends them.
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                header("Content-Type", contentType);
                http.sendResponseHeaders(status, count);
                try (OutputStream out = http.getResponseBody()) {
                    writeTo(out);
                }
            }
        };
    }

    @Override
    public void respond(int status) throws IOException {
        http.sendResponseHeaders(status, -1);
        http.close();
    }

    @Override
    public EventStream events() throws HttpProblem {
        throw new HttpProblem(501, "The benchmark serves no events");
    }
}
