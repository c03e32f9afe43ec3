package org.hearthwatch.query.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Sample;

/** A real Prometheus, started for one test, that takes remote write and answers queries. */
final class Prometheus implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String base;

    Prometheus(Path binary, Path home, String features) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        base = "http://127.0.0.1:" + port;
        Path config = Files.writeString(home.resolve("prometheus.yml"), "global: {}\n");
        process = new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + home.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--web.enable-remote-write-receiver",
                        "--enable-feature=native-histograms" + (features.isEmpty() ? "" : "," + features))
                .redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader();
        String line = "";
        while (line != null && !line.contains("Server is ready to receive web requests")) {
            line = log.readLine();
        }
        if (line == null) {
            throw new IOException("Prometheus did not start");
        }
        // Nobody reads on, but it must not wait for that.
        var unused = CompletableFuture.runAsync(() -> log.lines().forEach(said -> {}));
    }

    void write(List<Sample> samples) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/write"))
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(RemoteWrite.request(samples)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("write refused: " + answer.statusCode() + " " + answer.body());
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> query(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        return (Map<String, Object>) Json.read(get(path, parameters).body());
    }

    private HttpResponse<String> get(String path, Map<String, String> parameters)
            throws IOException, InterruptedException {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path + "?" + query)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
