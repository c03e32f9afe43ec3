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

/** A real program, started for one test, that takes remote write and answers Prometheus's API. */
public final class RealServer implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String base;

    private RealServer(List<String> command, int port, String ready) throws IOException {
        base = "http://127.0.0.1:" + port;
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log = process.inputReader();
        String line = "";
        while (line != null && !line.contains(ready)) {
            line = log.readLine();
        }
        if (line == null) {
            throw new IOException(command.get(0) + " did not start");
        }
        // Nobody reads on, but it must not wait for that.
        var unused = CompletableFuture.runAsync(() -> log.lines().forEach(said -> {}));
    }

    public static RealServer prometheus(Path binary, Path home, String features) throws IOException {
        int port = freePort();
        Path config = Files.writeString(home.resolve("prometheus.yml"), "global: {}\n");
        return new RealServer(
                List.of(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + home.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--web.enable-remote-write-receiver",
                        "--enable-feature=native-histograms" + (features.isEmpty() ? "" : "," + features)),
                port,
                "Server is ready to receive web requests");
    }

    public static RealServer victoria(Path binary, Path home) throws IOException {
        int port = freePort();
        return new RealServer(
                List.of(
                        binary.toString(),
                        "-storageDataPath=" + home.resolve("data"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-search.latencyOffset=0s",
                        "-memory.allowedBytes=64MB"),
                port,
                "started VictoriaMetrics");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where it listens. */
    public String base() {
        return base;
    }

    /** Lets VictoriaMetrics show what it was sent at once. */
    public void flush() throws IOException, InterruptedException {
        get("/internal/force_flush", Map.of());
    }

    public void write(List<Sample> samples) throws IOException, InterruptedException {
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
