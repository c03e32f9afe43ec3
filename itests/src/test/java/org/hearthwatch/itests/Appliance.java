package org.hearthwatch.itests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The assembly as a process, in a home of its own below {@code target/it}.
 *
 * <p>Most tests share one, started when the first of them asks:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Appliance appliance = Appliance.started();
 * }</pre>
 *
 * <p>Tests that stop, kill or starve it take one of their own: {@code try (var appliance = Appliance.inFreshHome()) {
 * appliance.start(); ... }}. The administrator {@link #ADMIN} exists from the start (unattended set-up). When a test
 * fails, the last log lines and the components that are not satisfied are attached to the failure.
 */
public final class Appliance implements BeforeAllCallback, TestExecutionExceptionHandler, AutoCloseable {

    /** The name of the administrator made by the unattended set-up. */
    public static final String ADMIN = "admin";

    private static final Path HOMES = Path.of("target", "it").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Appliance SHARED = new Appliance(freshHome(), Map.of());

    private final Path home;
    private final Path passwordFile;
    private final Script script;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Appliance(Path home, Map<String, String> environment) {
        this.home = home;
        try {
            passwordFile = Files.createTempFile(
                    HOMES,
                    "password",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, HexFormat.of().formatHex(new SecureRandom().generateSeed(16)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = new HashMap<>(
                Map.of("HEARTHWATCH_SETUP_USER", ADMIN, "HEARTHWATCH_SETUP_PASSWORD_FILE", passwordFile.toString()));
        all.putAll(environment);
        script = new Script(home, all);
    }

    private static Path freshHome() {
        try {
            Files.createDirectories(HOMES);
            return Files.createTempDirectory(HOMES, NUMBER.incrementAndGet() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The appliance all tests of this JVM share, started before the first of them. */
    public static Appliance started() {
        return SHARED;
    }

    /** One of its own for a test, not started yet; closing it stops it. */
    public static Appliance inFreshHome() {
        return new Appliance(freshHome(), Map.of());
    }

    /** As {@link #inFreshHome()}, with these environment variables beside the usual ones. */
    public static Appliance inFreshHome(Map<String, String> environment) {
        return new Appliance(freshHome(), environment);
    }

    /** One in this folder, which may not exist yet; not started. */
    public static Appliance in(Path home) {
        return new Appliance(home, Map.of());
    }

    // ---- its life

    /** Starts it on free ports and returns when it is ready. */
    public Appliance start() {
        script.run("--port", "0", "start").orThrow();
        return this;
    }

    /** Stops it in order; nothing happens when it does not run. */
    public void stop() {
        script.run("stop").orThrow();
    }

    /** Kills it as a power cut would. */
    public void kill() {
        var process = ProcessHandle.of(pid()).orElseThrow(() -> new AssertionError("it does not run"));
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stop();
    }

    /** The number of its process. */
    public long pid() {
        return Long.parseLong(processFile().get(0));
    }

    /** The port of its console and API on 127.0.0.1. */
    public int port() {
        return Integer.parseInt(processFile().get(2));
    }

    /** The port of its shell on 127.0.0.1. */
    public int sshPort() {
        return Integer.parseInt(processFile().get(3));
    }

    private List<String> processFile() {
        try {
            return List.of(
                    Files.readString(state().resolve("run/process")).strip().split(" "));
        } catch (IOException e) {
            throw new AssertionError("the appliance of " + home + " does not run", e);
        }
    }

    // ---- its folders

    public Path home() {
        return home;
    }

    public Path etc() {
        return home.resolve("etc");
    }

    public Path deploy() {
        return home.resolve("deploy");
    }

    public Path state() {
        return home.resolve("state");
    }

    public Path log() {
        return state().resolve("log/hearthwatch.log");
    }

    /** The administrator's password. */
    public String password() {
        return read(passwordFile).strip();
    }

    /** Replaces {@code etc/<pid>.cfg} by these lines. */
    public void configure(String pid, String... lines) {
        try {
            Files.write(etc().resolve(pid + ".cfg"), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the shipped {@code etc/<pid>.cfg} back. */
    public void resetConfiguration(String pid) {
        try {
            Files.write(
                    etc().resolve(pid + ".cfg"),
                    Files.readAllBytes(Script.ROOT.resolve("etc").resolve(pid + ".cfg")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- talking to it

    /** The script, for this home. */
    Script script() {
        return script;
    }

    /** {@code ./hearthwatch WORD...}: output, errors and exit code of a command. */
    Script.Reply command(String... words) {
        return script.run(words);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** GET without credentials. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /** GET with a bearer token. */
    public HttpResponse<String> get(String path, String token) {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token));
    }

    /** Sends a request; 30 s at most. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the API answers to a GET, read as JSON; the answer must be 200. */
    public JsonNode json(String path, String token) {
        var response = get(path, token);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answers " + response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(path + " does not answer JSON: " + response.body(), e);
        }
    }

    /** The result of an instant query over Prometheus's HTTP API: the {@code result} of its data. */
    public JsonNode query(String expression, String token) {
        return json("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8), token)
                .path("data")
                .path("result");
    }

    /** A new bearer token of this scope ({@code read}, {@code write} or {@code admin}). */
    public String newToken(String scope) {
        return command("token-create", "it-" + NUMBER.incrementAndGet(), "--scope", scope, "--quiet")
                .orThrow()
                .strip();
    }

    /** Waits until the condition holds; says what was waited for when it does not within 30 s. */
    public void await(String what, Callable<Boolean> condition) {
        await(what, PATIENCE, condition);
    }

    /** As {@link #await(String, Callable)} with another limit. */
    public void await(String what, Duration limit, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    /** The last lines of its log. */
    public String logTail(int lines) {
        if (!Files.exists(log())) {
            return "";
        }
        var all = read(log()).lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- JUnit

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(Appliance.class)).computeIfAbsent(home, key -> start());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new Circumstances(this));
        throw failure;
    }

    /** What the appliance looked like when a test failed. */
    private static final class Circumstances extends Exception {

        Circumstances(Appliance appliance) {
            super(
                    "the appliance of " + appliance.home + "\n--- last log lines\n" + appliance.logTail(40)
                            + "\n--- components that are not satisfied\n" + unsatisfied(appliance),
                    null,
                    false,
                    false);
        }

        private static String unsatisfied(Appliance appliance) {
            return appliance
                    .command("scr:list")
                    .out()
                    .lines()
                    .filter(line -> line.contains("UNSATISFIED") || line.contains("FAILED"))
                    .reduce("", (all, line) -> all + line + "\n");
        }
    }
}
