package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins of strangers, in and out of a running appliance. */
class PluginIT {

    private static final String PID = "org.hearthwatch.plugin";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    private static String token = "";

    @TempDir
    Path spool;

    @BeforeAll
    static void shortenTheLimits() {
        appliance.configure(PID, "startTimeout = 2s", "stopTimeout = 1s");
        token = appliance.newToken("read");
    }

    @AfterAll
    static void restoreTheLimits() {
        appliance.resetConfiguration(PID);
    }

    @Test
    void a_dropped_jar_waits_for_its_approval_then_measures_and_goes_without_a_trace() throws Exception {
        Files.createFile(spool.resolve("one"));
        Files.createFile(spool.resolve("two"));
        appliance.configure(
                "org.hearthwatch.collector.filecount-it",
                "directory = " + spool,
                "hearthwatch.interval = 1s",
                "hearthwatch.timeout = 1s");
        var plugin = PluginFixture.fileCount();
        try {
            plugin.dropInto(appliance.deploy());
            awaitState(plugin, "QUARANTINED");
            assertThat(appliance.command("bundle:list").orThrow()).doesNotContain("File count");

            long approved = System.nanoTime();
            appliance
                    .command("plugin-approve", plugin.sha256().substring(0, 12))
                    .orThrow();
            appliance.await("the first sample", () -> !samples().isEmpty());
            long millis = (System.nanoTime() - approved) / 1_000_000;
            System.out.println(
                    "hot deploy: " + millis + " ms from the approval's command to the first sample in the store");

            assertThat(samples().get(0).path("value").get(1).asText()).isEqualTo("2");
            assertThat(appliance.get("/metrics").body())
                    .containsPattern("directory_files\\{directory=\"" + Pattern.quote(spool.toString()) + "\",?\\} 2");

            Files.delete(appliance.deploy().resolve(plugin.fileName()));
            appliance.await("the plugin to be gone", () -> find(plugin).isEmpty());
            appliance.await("its series to end", () -> samples().isEmpty());
            assertThat(appliance.command("bundle:list").orThrow()).doesNotContain("File count");
            assertThat(appliance.command("collector-list").orThrow()).doesNotContain("filecount");
        } finally {
            remove(plugin);
            Files.delete(appliance.etc().resolve("org.hearthwatch.collector.filecount-it.cfg"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throwing | throw new IllegalStateException(\"on purpose\"); | on purpose",
                "hanging | while (true) Thread.sleep(1000); | did not end within",
                "flooding | for (int i = 0; i < 200000; i++) sink.set(GUEST, i, \"n\" + i); | series",
                "exiting | System.exit(3); | may not end the appliance",
                "halting | Runtime.getRuntime().halt(3); | may not end the appliance",
            })
    void a_collector_that_misbehaves_spoils_its_own_runs_only(String name, String body, String message) {
        var plugin = PluginFixture.collector(
                name, "public void collect(SampleSink sink) throws InterruptedException { " + body + " }");
        try {
            plugin.dropInto(appliance.deploy());
            awaitState(plugin, "QUARANTINED");
            appliance.command("plugin-approve", plugin.sha256()).orThrow();

            appliance.await(
                    name + " to be reported",
                    () -> collector(name)
                            .filter(status -> !List.of("STARTING", "OK")
                                    .contains(status.path("state").asText()))
                            .isPresent());
            assertThat(collector(name).orElseThrow().path("lastError").asText()).contains(message);
            assertTheRestIsWell();
        } finally {
            remove(plugin);
        }
        appliance.await(name + " to be gone", () -> collector(name).isEmpty());
    }

    @Test
    void a_plugin_that_hangs_when_it_starts_is_given_up() {
        var plugin = PluginFixture.collector(
                "sleeping",
                "public Guest() throws InterruptedException { Thread.sleep(3_600_000); } public void collect(SampleSink sink) {}");
        try {
            plugin.dropInto(appliance.deploy());
            awaitState(plugin, "QUARANTINED");

            appliance.command("plugin-approve", plugin.sha256());

            assertThat(collector("sleeping")).isEmpty();
            assertTheRestIsWell();
        } finally {
            remove(plugin);
        }
    }

    @Test
    void a_thread_that_outlives_its_plugin_is_named_and_counted() {
        var plugin = PluginFixture.collector("leaking", """
                public Guest() {
                    Thread leak = new Thread(() -> {
                        long end = System.nanoTime() + 60_000_000_000L;
                        while (System.nanoTime() < end) {
                            try { Thread.sleep(100); } catch (InterruptedException ignored) { }
                        }
                    }, "guest-that-stays");
                    leak.setDaemon(true);
                    leak.start();
                }
                public void collect(SampleSink sink) { sink.set(GUEST, 1, "one"); }
                """);
        plugin.dropInto(appliance.deploy());
        awaitState(plugin, "QUARANTINED");
        assertThat(find(plugin).orElseThrow().path("asksFor").toString()).contains("threads of its own");
        appliance.command("plugin-approve", plugin.sha256()).orThrow();

        remove(plugin);

        assertThat(Appliance.read(appliance.log())).contains("guest-that-stays");
        appliance.await("the thread to be counted", () -> {
            var counted = appliance.query("hearthwatch_plugin_stray_threads", token);
            return !counted.isEmpty() && counted.get(0).path("value").get(1).asInt() >= 1;
        });
        assertTheRestIsWell();
    }

    @Test
    void a_jar_that_is_no_plugin_is_refused_with_the_reason() {
        var plugin = new PluginFixture("not-a.jar", "not a jar at all".getBytes(StandardCharsets.UTF_8));
        try {
            plugin.dropInto(appliance.deploy());
            awaitState(plugin, "REFUSED");

            assertThat(find(plugin).orElseThrow().path("reason").asText()).contains("damaged");
            assertThat(appliance.command("plugin-approve", plugin.sha256()).exitCode())
                    .isEqualTo(1);
        } finally {
            remove(plugin);
        }
    }

    private void assertTheRestIsWell() {
        assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
        assertThat(collector("host").orElseThrow().path("state").asText()).isEqualTo("OK");
    }

    private static void awaitState(PluginFixture plugin, String state) {
        appliance.await(
                plugin.fileName() + " to be " + state,
                () -> find(plugin)
                        .filter(found -> found.path("state").asText().equals(state))
                        .isPresent());
    }

    private static Optional<JsonNode> find(PluginFixture plugin) {
        return among(appliance.command("plugin-list", "--json"), "sha256", plugin.sha256());
    }

    private static Optional<JsonNode> collector(String name) {
        return among(appliance.command("collector-list", "--json"), "name", name);
    }

    private static Optional<JsonNode> among(Script.Reply reply, String field, String value) {
        try {
            for (JsonNode each : JSON.readTree(reply.orThrow())) {
                if (each.path(field).asText().equals(value)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + reply, e);
        }
    }

    private static void remove(PluginFixture plugin) {
        if (find(plugin).isPresent()) {
            appliance.command("plugin-remove", plugin.sha256()).orThrow();
        }
    }

    private static JsonNode samples() {
        return appliance.query("directory_files", token);
    }
}
