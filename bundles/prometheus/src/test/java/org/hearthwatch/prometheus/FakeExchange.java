package org.hearthwatch.prometheus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/** A request made up by a test, and the answer it got. */
public final class FakeExchange implements Exchange {

    private final Route.Method method;
    private final String path;
    private final Map<String, List<String>> parameters = new HashMap<>();
    private final Map<String, String> requestHeaders = new HashMap<>();
    private final Map<String, String> pathParameters = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private String contentType = "";
    private byte[] sent = new byte[0];
    private Optional<Principal> principal = Optional.empty();

    private FakeExchange(Route.Method method, String path) {
        this.method = method;
        this.path = path;
    }

    public static FakeExchange get(String path) {
        return new FakeExchange(Route.Method.GET, path);
    }

    public static FakeExchange post(String path) {
        return new FakeExchange(Route.Method.POST, path);
    }

    public FakeExchange with(String parameter, String value) {
        parameters.computeIfAbsent(parameter, p -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeExchange withHeader(String name, String value) {
        requestHeaders.put(name, value);
        return this;
    }

    public FakeExchange withBody(byte[] body) {
        sent = body;
        return this;
    }

    public FakeExchange by(Principal who) {
        principal = Optional.of(who);
        return this;
    }

    /** Lets the route that serves this path answer. */
    public FakeExchange answeredBy(Routes routes) throws IOException, HttpProblem {
        for (Route route : routes.routes()) {
            if (route.method() == method && leadsHere(route.path().split("/"), path.split("/"))) {
                route.handler().handle(this);
                return this;
            }
        }
        throw new AssertionError("No route for " + method + " " + path);
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    public String answeredHeader(String name) {
        return headers.getOrDefault(name, "");
    }

    private boolean leadsHere(String[] pattern, String[] actual) {
        if (pattern.length != actual.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                pathParameters.put(pattern[i].substring(1, pattern[i].length() - 1), actual[i]);
            } else if (!pattern[i].equals(actual[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Route.Method method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String pathParameter(String name) {
        return pathParameters.getOrDefault(name, "");
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
        return Optional.ofNullable(requestHeaders.get(name));
    }

    @Override
    public Optional<Principal> principal() {
        return principal;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public InputStream body(long maxBytes) throws HttpProblem {
        return encodedBody(maxBytes);
    }

    @Override
    public InputStream encodedBody(long maxBytes) throws HttpProblem {
        if (sent.length > maxBytes) {
            throw new HttpProblem(413, "The body is longer than " + maxBytes + " bytes.");
        }
        return new ByteArrayInputStream(sent);
    }

    @Override
    public void header(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void respond(int status, String contentType, byte[] bytes) throws IOException {
        try (OutputStream out = respond(status, contentType)) {
            out.write(bytes);
        }
    }

    @Override
    public OutputStream respond(int status, String contentType) {
        this.status = status;
        this.contentType = contentType;
        return body;
    }

    @Override
    public void respond(int status) {
        this.status = status;
    }

    @Override
    public EventStream events() {
        throw new UnsupportedOperationException("No events are asked for here");
    }
}
