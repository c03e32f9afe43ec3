package org.hearthwatch.benchmarks.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A server that takes remote write and answers Prometheus's HTTP API, running as a process of its own. */
public final class Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SAMPLES = Pattern.compile("\"numSamples\":\\s*(\\d+)");
    private static final Pattern LEVEL = Pattern.compile("\"level\":\\s*(\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> command;
    private final URI base;
    private final String readyPath;
    private final Path data;
    private final Path log;
    private final Map<String, String> headers;
    private Process process;

    private Server(List<String> command, URI base, String readyPath, Path data, Path log, Map<String, String> headers) {
        this.command = command;
        this.base = base;
        this.readyPath = readyPath;
        this.data = data;
        this.log = log;
        this.headers = headers;
    }

    public static Server prometheus(Path binary, Path folder) throws Exception {
        return prometheus(binary, folder, "global: {}\n");
    }

    /** @param text of its configuration file */
    public static Server prometheus(Path binary, Path folder, String text) throws Exception {
        Path config = Files.writeString(Files.createDirectories(folder).resolve("prometheus.yml"), text);
        int port = freePort();
        Path data = folder.resolve("data");
        var server = new Server(
                List.of(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + data,
                        "--storage.tsdb.retention.time=60d",
                        "--web.enable-remote-write-receiver",
                        "--web.listen-address=127.0.0.1:" + port),
                URI.create("http://127.0.0.1:" + port),
                "/-/ready",
                data,
                folder.resolve("log"),
                Map.of());
        server.start();
        return server;
    }

    static Server victoria(Path binary, Path folder) throws Exception {
        int port = freePort();
        Path data = Files.createDirectories(folder).resolve("data");
        var server = new Server(
                List.of(
                        binary.toString(),
                        "-storageDataPath=" + data,
                        "-retentionPeriod=1y",
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-search.latencyOffset=0s"),
                URI.create("http://127.0.0.1:" + port),
                "/health",
                data,
                folder.resolve("log"),
                Map.of());
        server.start();
        return server;
    }

    /** Any other program that answers as Prometheus does, on the port it is told by its last argument. */
    public static Server of(List<String> command, Path folder) throws Exception {
        int port = freePort();
        var line = new ArrayList<>(command);
        line.add(Integer.toString(port));
        Path data = Files.createDirectories(folder).resolve("data");
        var server = new Server(
                line, URI.create("http://127.0.0.1:" + port), "/-/ready", data, folder.resolve("log"), Map.of());
        server.start();
        return server;
    }

    /** Ours, which the script starts; {@code process} is the script, and the appliance's own id is in its home. */
    static Server appliance(URI base, Process script, Path home, String token) {
        var server = new Server(
                List.of(),
                base,
                "/-/ready",
                home.resolve("state/hearthwatch/store"),
                home.resolve("log"),
                Map.of("Authorization", "Bearer " + token));
        server.process = script;
        return server;
    }

    /** Starts it and waits until it is ready. Gives back how many milliseconds that took. */
    double start() throws Exception {
        long began = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        while (true) {
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(base.resolve(readyPath)).build();
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return (System.nanoTime() - began) / 1e6;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException(command.get(0) + " did not start: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** Ends it as a power cut would end a process: nothing more is written. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The processor time it has used. */
    public double cpuSeconds() throws IOException {
        return Proc.cpuSeconds(pid());
    }

    long pid() throws IOException {
        if (command.isEmpty()) {
            Path home = data.getParent().getParent().getParent();
            return Long.parseLong(
                    Files.readString(home.resolve("state/run/process")).split(" ", 2)[0]);
        }
        return process.pid();
    }

    public Path data() {
        return data;
    }

    /** Sends a remote-write request and waits for its answer. Gives back the status. */
    public int write(byte[] compressed) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1/write"))
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(compressed));
        headers.forEach(request::header);
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
            throw new IOException(base + " refused a write: " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode();
    }

    /** Asks, reads the whole answer and gives back the milliseconds until its last byte. */
    public double query(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        HttpRequest request = get(path, parameters);
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - began) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IOException(
                    base + path + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return millis;
    }

    public String text(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        return http.send(get(path, parameters), BodyHandlers.ofString()).body();
    }

    private HttpRequest get(String path, Map<String, String> parameters) {
        var query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path + query));
        headers.forEach(request::header);
        return request.build();
    }

    /** Bytes and samples of Prometheus's blocks that were merged so often. */
    record Blocks(long bytes, long samples) {
        double perSample() {
            return samples == 0 ? Double.NaN : bytes / (double) samples;
        }
    }

    /** Of Prometheus's blocks: those as they were cut, or all others. */
    Blocks blocks(boolean asCut) throws IOException {
        long bytes = 0;
        long samples = 0;
        try (var folders = Files.list(data)) {
            for (Path folder : folders.toList()) {
                Path meta = folder.resolve("meta.json");
                if (Files.exists(meta)) {
                    String text = Files.readString(meta);
                    if (number(LEVEL, text) == 1 == asCut) {
                        bytes += Proc.size(folder);
                        samples += number(SAMPLES, text);
                    }
                }
            }
        }
        return new Blocks(bytes, samples);
    }

    private static long number(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Waits until its folder has kept its size for some seconds. */
    public void settle(Duration quiet, Duration most) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long since = began;
        long size = -1;
        while (System.nanoTime() - since < quiet.toNanos() && System.nanoTime() - began < most.toNanos()) {
            long now = Proc.size(data);
            if (now != size) {
                size = now;
                since = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly().onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
