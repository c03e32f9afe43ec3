package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;

/** An exchange over a servlet's request and response. */
final class ServletExchange implements Exchange {

    /** Below this, compression costs more than it saves. */
    private static final int LEAST_COMPRESSED = 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RouteTable.Found found;
    private final Admission admission;
    private final Origin origin;
    private final RequestBody body;
    private final Parameters parameters;
    private final EventStreams streams;
    private final ConnectionControl connection;

    ServletExchange(
            HttpServletRequest request,
            HttpServletResponse response,
            RouteTable.Found found,
            Admission admission,
            Origin origin,
            RequestBody body,
            Parameters parameters,
            EventStreams streams,
            ConnectionControl connection) {
        this.request = request;
        this.response = response;
        this.found = found;
        this.admission = admission;
        this.origin = origin;
        this.body = body;
        this.parameters = parameters;
        this.streams = streams;
        this.connection = connection;
    }

    @Override
    public Route.Method method() {
        return found.route().method();
    }

    @Override
    public String path() {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    @Override
    public String pathParameter(String name) {
        String value = found.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException(found.route().path() + " has no placeholder " + name);
        }
        return value;
    }

    @Override
    public Optional<String> parameter(String name) {
        return parameters.all(name).stream().findFirst();
    }

    @Override
    public List<String> parameters(String name) {
        return parameters.all(name);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    @Override
    public Optional<Principal> principal() {
        return admission.principal();
    }

    @Override
    public String remoteAddress() {
        return origin.remoteAddress();
    }

    @Override
    public boolean isLocal() {
        return origin.local();
    }

    @Override
    public InputStream body(long maxBytes) throws IOException, HttpProblem {
        return new ByteArrayInputStream(body.read(maxBytes));
    }

    @Override
    public InputStream encodedBody(long maxBytes) throws IOException, HttpProblem {
        return new ByteArrayInputStream(body.readEncoded(maxBytes));
    }

    @Override
    public void header(String name, String value) {
        if ((name + value).chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("The header " + name.strip() + " would contain a control character");
        }
        if (SecurityHeaders.isFixed(name)) {
            throw new IllegalArgumentException("The header " + name + " is the edge's own");
        }
        if (name.equalsIgnoreCase("Set-Cookie")) {
            // What a browser got over TLS it never sends without.
            response.addHeader(name, request.isSecure() ? value + "; Secure" : value);
        } else {
            response.setHeader(name, value);
        }
    }

    @Override
    public void respond(int status, String contentType, byte[] content) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        byte[] sent = content;
        if (content.length >= LEAST_COMPRESSED && compresses(contentType)) {
            var packed = new ByteArrayOutputStream(content.length / 3);
            try (var gzip = new QuickGzip(packed)) {
                gzip.write(content);
            }
            sent = packed.toByteArray();
        }
        response.setContentLength(sent.length);
        try (OutputStream out = response.getOutputStream()) {
            out.write(sent);
        }
    }

    @Override
    public OutputStream respond(int status, String contentType) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        return compresses(contentType) ? new QuickGzip(response.getOutputStream()) : response.getOutputStream();
    }

    @Override
    public void respond(int status) throws IOException {
        response.setStatus(status);
        response.getOutputStream().close();
    }

    @Override
    public EventStream events() throws IOException, HttpProblem {
        return streams.open(request, response, admission, connection);
    }

    /** Whether to compress, and if so says so in the headers. */
    private boolean compresses(String contentType) {
        if (response.containsHeader("Content-Encoding") || !isText(contentType)) {
            return false;
        }
        response.addHeader("Vary", "Accept-Encoding");
        if (!accepts(request.getHeader("Accept-Encoding"))) {
            return false;
        }
        response.setHeader("Content-Encoding", "gzip");
        return true;
    }

    private static boolean isText(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.startsWith("application/json")
                || type.startsWith("application/openmetrics-text")
                || type.startsWith("application/manifest+json")
                || type.startsWith("application/javascript")
                || type.startsWith("image/svg+xml");
    }

    private static boolean accepts(@org.jspecify.annotations.Nullable String encodings) {
        if (encodings == null) {
            return false;
        }
        for (String encoding : encodings.toLowerCase(Locale.ROOT).split(",", 32)) {
            String[] parts = encoding.trim().split(";", 2);
            if (parts[0].trim().equals("gzip")) {
                return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
