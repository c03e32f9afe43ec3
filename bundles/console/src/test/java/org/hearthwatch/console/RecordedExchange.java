package org.hearthwatch.console;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Route;

/** A GET without parameters, and what was answered to it. */
final class RecordedExchange implements Exchange {

    private final String path;
    private final Map<String, String> asked;
    private final Map<String, String> answered = new HashMap<>();
    private int status;
    private byte[] body = {};

    RecordedExchange(String path, Map<String, String> headers) {
        this.path = path;
        this.asked = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body.clone();
    }

    String answeredHeader(String name) {
        return answered.getOrDefault(name, "");
    }

    @Override
    public Route.Method method() {
        return Route.Method.GET;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String pathParameter(String name) {
        return name.equals("rest") ? path.substring(1) : "";
    }

    @Override
    public Optional<String> parameter(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> parameters(String name) {
        return List.of();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(asked.get(name));
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
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
    public InputStream body(long maxBytes) {
        return InputStream.nullInputStream();
    }

    @Override
    public void header(String name, String value) {
        answered.put(name, value);
    }

    @Override
    public void respond(int status, String contentType, byte[] body) {
        this.status = status;
        this.body = body.clone();
        answered.put("Content-Type", contentType);
    }

    @Override
    public OutputStream respond(int status, String contentType) {
        throw new UnsupportedOperationException("Files are answered whole");
    }

    @Override
    public void respond(int status) {
        this.status = status;
    }

    @Override
    public EventStream events() {
        throw new UnsupportedOperationException("Files are no streams");
    }
}
