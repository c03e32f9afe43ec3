package org.hearthwatch.prometheus.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.prometheus.out.Endpoint;

/** An endpoint over HTTP. Redirects are not followed: they would carry the token elsewhere. Thread-safe. */
final class HttpEndpoint implements Endpoint, AutoCloseable {

    private static final int MOST_TEXT = 500;
    private static final int MOST_DRAINED = 64 * 1024;

    private final EndpointSettings settings;
    private final SecretReader secrets;
    private final Egress egress;
    private final String agent;
    private final Executor threads;
    private final Optional<SSLSocketFactory> tls;
    private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();

    HttpEndpoint(EndpointSettings settings, SecretReader secrets, Egress egress, String agent, Executor threads)
            throws IOException {
        this.settings = settings;
        this.secrets = secrets;
        this.egress = egress;
        this.agent = agent;
        this.threads = threads;
        this.tls = settings.url().getScheme().equals("https")
                ? Optional.of(egress.tls(settings.url().getHost(), settings.port(), settings.tls())
                        .getSocketFactory())
                : Optional.empty();
    }

    @Override
    public CompletableFuture<Answer> send(byte[] body) {
        var answer = new CompletableFuture<Answer>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(exchange(body));
                } catch (IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new IOException("sending stops", e));
        }
        return answer;
    }

    private Answer exchange(byte[] body) throws IOException {
        egress.permit("remote-write", settings.url().getHost(), settings.port());
        var connection = (HttpURLConnection) settings.url().toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure && tls.isPresent()) {
            secure.setSSLSocketFactory(tls.get());
        }
        open.add(connection);
        try {
            int patience = Math.toIntExact(settings.timeout().toMillis());
            connection.setConnectTimeout(patience);
            connection.setReadTimeout(patience);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            settings.headers().forEach(connection::setRequestProperty);
            connection.setRequestProperty("Content-Type", "application/x-protobuf");
            connection.setRequestProperty("Content-Encoding", "snappy");
            connection.setRequestProperty("X-Prometheus-Remote-Write-Version", "0.1.0");
            connection.setRequestProperty("User-Agent", agent);
            authorize(connection);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return answer(connection);
        } finally {
            open.remove(connection);
        }
    }

    private void authorize(HttpURLConnection connection) throws IOException {
        try {
            if (settings.token().isPresent()) {
                connection.setRequestProperty(
                        "Authorization", "Bearer " + text(settings.token().get()));
            } else if (!settings.username().isEmpty()) {
                String password = settings.password().isPresent()
                        ? text(settings.password().get())
                        : "";
                byte[] pair = (settings.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
                connection.setRequestProperty(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
        } catch (SecretUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String text(SecretRef reference) throws SecretUnavailableException {
        try (Secret secret = secrets.open(reference)) {
            byte[] bytes = secret.reveal();
            try {
                return new String(bytes, StandardCharsets.UTF_8);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String text = "";
        // What is read to its end leaves the connection free for the next request.
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            if (in != null) {
                text = new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}+", " ")
                        .strip();
                in.readNBytes(MOST_DRAINED);
            }
        }
        return new Answer(status, retryAfter(connection.getHeaderField("Retry-After")), text);
    }

    private static Optional<Duration> retryAfter(@org.jspecify.annotations.Nullable String header) {
        return header != null && header.matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : Optional.empty();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        open.forEach(HttpURLConnection::disconnect);
    }
}
