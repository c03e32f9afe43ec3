package org.hearthwatch.secret.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.secret.proxmox.Answer;
import org.hearthwatch.secret.proxmox.Node;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of Proxmox VE over HTTPS, through the gate, with the pins and authorities set for the host. Not by Java's newer client:
 * why a node refuses stands in the reason phrase of its status line, which that one drops. Redirects are not followed: they
 * would carry the token elsewhere.
 */
final class HttpsNode implements Node {

    private static final String PURPOSE = "rotate";
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(15).toMillis());
    private static final int MOST_REASON = 200;

    private final Egress egress;

    HttpsNode(Egress egress) {
        this.egress = egress;
    }

    @Override
    public @Nullable Object ask(String method, URI base, String path, Map<String, String> form, String authorization)
            throws IOException {
        egress.permit(PURPOSE, base.getHost(), base.getPort());
        var connection = (HttpsURLConnection)
                URI.create(base + "/api2/json" + path).toURL().openConnection();
        try {
            connection.setSSLSocketFactory(
                    egress.tls(base.getHost(), base.getPort()).getSocketFactory());
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", authorization);
            connection.setRequestProperty("User-Agent", "hearthwatch");
            if (method.equals("POST") || method.equals("PUT")) {
                send(connection, form);
            }
            return answer(connection, base.getHost());
        } catch (HttpRetryException e) {
            // What the JDK makes of a 401 to something that was sent.
            throw new IOException(base.getHost() + " answered " + e.responseCode(), e);
        } finally {
            connection.disconnect();
        }
    }

    private static void send(HttpURLConnection connection, Map<String, String> form) throws IOException {
        byte[] body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        // Without a fixed length the JDK sends a POST again by itself when its answer is lost.
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    private static @Nullable Object answer(HttpURLConnection connection, String host) throws IOException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            String reason = String.valueOf(connection.getResponseMessage());
            throw new IOException(
                    host + " answered " + status + " " + reason.substring(0, Math.min(reason.length(), MOST_REASON)));
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readNBytes(Answer.MOST_BYTES + 1);
            if (body.length > Answer.MOST_BYTES) {
                throw new IOException(host + " answered more than " + Answer.MOST_BYTES + " bytes");
            }
            return Answer.data(body);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
