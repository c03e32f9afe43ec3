package org.hearthwatch.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A server with Prometheus's HTTP API. */
record Server(URI root, Credentials credentials) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The answer, be it a refusal; whatever is no such answer is an {@link IOException}. */
    JsonNode ask(String endpoint, Map<String, String> parameters) throws IOException {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
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
            throw new IOException("Post \"" + root + "/api/v1/" + endpoint + "\": connection refused", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode parsed(HttpResponse<String> response) throws IOException {
        String kind = response.statusCode() / 100 == 4 ? "client_error: client error" : "server_error: server error";
        try {
            JsonNode answer = new ObjectMapper().readTree(response.body());
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
