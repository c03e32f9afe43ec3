package org.hearthwatch.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/**
 * A request made up by a test, over loopback and without credentials unless it says otherwise, and the answer it got. Guards
 * are not asked; answers are never compressed.
 */
public final class FakeExchange implements Exchange {

    private final Route.Method method;
    private final String path;
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> pathParameters = new HashMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private byte[] body = {};
    private Optional<Principal> principal = Optional.empty();
    private int status;
    private String contentType = "";

    private FakeExchange(Route.Method method, String path) {
        this.method = method;
        int query = path.indexOf('?');
        this.path = decoded(query < 0 ? path : path.substring(0, query));
        if (query >= 0) {
            for (String pair : path.substring(query + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                with(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** @param path may have a query string */
    public static FakeExchange of(Route.Method method, String path) {
        return new FakeExchange(method, path);
    }

    public static FakeExchange get(String path) {
        return of(Route.Method.GET, path);
    }

    public static FakeExchange post(String path) {
        return of(Route.Method.POST, path);
    }

    public static FakeExchange put(String path) {
        return of(Route.Method.PUT, path);
    }

    public static FakeExchange delete(String path) {
        return of(Route.Method.DELETE, path);
    }

    /** Adds a query or form parameter. */
    public FakeExchange with(String parameter, String value) {
        parameters.computeIfAbsent(parameter, p -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeExchange withHeader(String name, String value) {
        requestHeaders.put(name, value);
        return this;
    }

    public FakeExchange withBody(byte... bytes) {
        body = bytes.clone();
        return this;
    }

    public FakeExchange by(Principal asker) {
        principal = Optional.of(asker);
        return this;
    }

    /** Lets the route that serves this path answer. */
    public FakeExchange answeredBy(Routes routes) throws IOException, HttpProblem {
        List<String> segments = segments(path);
        for (Route route : routes.routes()) {
            pathParameters.clear();
            if (route.method() == method && leadsHere(segments(route.path()), segments)) {
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

    /** The body of the answer as text. */
    public String text() {
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** The body of the answer. */
    public byte[] bytes() {
        return answer.toByteArray();
    }

    /** A header of the answer, empty where it was not set. */
    public String answeredHeader(String name) {
        return headers.getOrDefault(name, "");
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    private boolean leadsHere(List<String> pattern, List<String> actual) {
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (part.endsWith("...}")) {
                List<String> rest = actual.subList(Math.min(i, actual.size()), actual.size());
                pathParameters.put(part.substring(1, part.length() - 4), String.join("/", rest));
                return true;
            }
            if (i >= actual.size()) {
                return false;
            }
            if (part.startsWith("{")) {
                pathParameters.put(part.substring(1, part.length() - 1), actual.get(i));
            } else if (!part.equals(actual.get(i))) {
                return false;
            }
        }
        return pattern.size() == actual.size();
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
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no placeholder " + name);
        }
        return value;
    }

    @Override
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    @Override
    public List<String> parameters(String name) {
        return List.copyOf(parameters.getOrDefault(name, List.of()));
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
        if (body.length > maxBytes) {
            throw new HttpProblem(413, "The body is longer than " + maxBytes + " bytes.");
        }
        return new ByteArrayInputStream(body);
    }

    @Override
    public InputStream encodedBody(long maxBytes) throws HttpProblem {
        return body(maxBytes);
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
        headers.put("Content-Type", contentType);
        return answer;
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
