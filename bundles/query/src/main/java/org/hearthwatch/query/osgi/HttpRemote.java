package org.hearthwatch.query.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.query.remote.Remote;

/**
 * A remote engine over HTTP, in the asker's thread. The gate for outgoing connections is asked each time; without it nothing is
 * sent. Redirects are not followed: they would carry the token elsewhere. Thread-safe.
 */
final class HttpRemote implements Remote, AutoCloseable {

    private static final String PURPOSE = "remote-read";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int PACKED = 16 * 1024;

    private final RemoteSettings settings;
    private final Supplier<Optional<Egress>> gate;
    private final Supplier<Optional<Secrets>> vault;
    private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<Tls> tls = Optional.empty();

    /** TLS as a gate gave it; kept, so that connections can be used again. */
    private record Tls(Egress gate, SSLSocketFactory sockets) {}

    HttpRemote(RemoteSettings settings, Supplier<Optional<Egress>> gate, Supplier<Optional<Secrets>> vault) {
        this.settings = settings;
        this.gate = gate;
        this.vault = vault;
    }

    @Override
    public String name() {
        return settings.url().toString();
    }

    @Override
    public Reply ask(String path, List<Parameter> parameters, boolean post, Duration patience) throws IOException {
        Egress egress = gate.get()
                .orElseThrow(() -> new IOException("the gate for outgoing connections is not running; see the log"));
        egress.permit(PURPOSE, settings.url().getHost(), settings.port());
        String form = parameters.stream()
                .map(parameter -> encoded(parameter.name()) + '=' + encoded(parameter.value()))
                .collect(Collectors.joining("&"));
        URI address = URI.create(settings.url() + "/api/v1/" + path + (post || form.isEmpty() ? "" : "?" + form));
        var connection = (HttpURLConnection) address.toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(sockets(egress));
        }
        open.add(connection);
        try {
            prepare(connection, patience);
            if (post) {
                send(connection, form.getBytes(StandardCharsets.US_ASCII));
            }
            return reply(connection);
        } catch (IOException | RuntimeException e) {
            open.remove(connection);
            connection.disconnect();
            throw e;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("ReferenceEquality") // this very gate is meant
    private SSLSocketFactory sockets(Egress egress) {
        Optional<Tls> known = tls.filter(own -> own.gate() == egress);
        if (known.isEmpty()) {
            known = Optional.of(new Tls(
                    egress,
                    egress.tls(settings.url().getHost(), settings.port()).getSocketFactory()));
            tls = known;
        }
        return known.get().sockets();
    }

    private void prepare(HttpURLConnection connection, Duration patience) throws IOException {
        int millis = Math.toIntExact(Math.max(1, patience.toMillis()));
        connection.setConnectTimeout(Math.min(millis, Math.toIntExact(CONNECT.toMillis())));
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        settings.headers().forEach(connection::setRequestProperty);
        connection.setRequestProperty("Accept-Encoding", "gzip");
        connection.setRequestProperty("User-Agent", "hearthwatch");
        authorize(connection);
    }

    private void authorize(HttpURLConnection connection) throws IOException {
        if (settings.token().isPresent()) {
            connection.setRequestProperty(
                    "Authorization", "Bearer " + text(settings.token().get()));
        } else if (!settings.username().isEmpty()) {
            String password =
                    settings.password().isPresent() ? text(settings.password().get()) : "";
            byte[] pair = (settings.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
            connection.setRequestProperty(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }

    private String text(SecretRef reference) throws IOException {
        Secrets secrets =
                vault.get().orElseThrow(() -> new IOException(reference + " needs the vault, which is not running"));
        try (Secret secret = secrets.open(reference)) {
            byte[] bytes = secret.reveal();
            try {
                return new String(bytes, StandardCharsets.UTF_8);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (SecretUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void send(HttpURLConnection connection, byte[] form) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(form.length);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(form);
        }
    }

    private Reply reply(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream raw = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        InputStream body = raw == null ? InputStream.nullInputStream() : raw;
        InputStream plain =
                "gzip".equalsIgnoreCase(connection.getContentEncoding()) ? new GZIPInputStream(body, PACKED) : body;
        return new Reply(status, new Leaving(plain, connection));
    }

    /** A body whose connection is free, or gone, when it is closed. */
    private final class Leaving extends java.io.FilterInputStream {

        private final HttpURLConnection connection;

        Leaving(InputStream body, HttpURLConnection connection) {
            super(body);
            this.connection = connection;
        }

        @Override
        public void close() throws IOException {
            open.remove(connection);
            super.close();
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        open.forEach(HttpURLConnection::disconnect);
    }
}
