package org.hearthwatch.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A server with Prometheus's HTTP API. */
record Server(URI root, Credentials credentials) {

    /** Times are kept as they are written. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The answer, be it a refusal; whatever is no such answer is an {@link IOException}. */
    JsonNode ask(String endpoint, Map<String, String> parameters) throws IOException {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String post = "Post \"" + root + "/api/v1/" + endpoint + "\": ";
        if (!"http".equals(root.getScheme()) && !"https".equals(root.getScheme())) {
            throw new IOException(post + "unsupported protocol scheme \"" + root.getScheme() + "\"");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + "/api/v1/" + endpoint))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        credentials.headers().forEach(request::header);
        HttpClient client = credentials.client().connectTimeout(PATIENCE).build();
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return parsed(response);
        } catch (ConnectException e) {
            throw new IOException(post + why(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String why(ConnectException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "dial tcp: lookup " + root.getHost() + ": no such host";
            }
        }
        int usual = "https".equals(root.getScheme()) ? 443 : 80;
        return "dial tcp " + root.getHost() + ":" + (root.getPort() < 0 ? usual : root.getPort())
                + ": connect: connection refused";
    }

    private static JsonNode parsed(HttpResponse<String> response) throws IOException {
        String kind = response.statusCode() / 100 == 4 ? "client_error: client error" : "server_error: server error";
        try {
            JsonNode answer = JSON.readTree(response.body());
            if (answer.has("status")) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    response.statusCode() == 200
                            ? "bad_response: " + e.getOriginalMessage()
                            : kind + ": " + response.statusCode(),
                    e);
        }
        throw new IOException(kind + ": " + response.statusCode());
    }
}
