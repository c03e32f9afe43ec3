package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Signed plugins in a running appliance, from the key to the roll-back; and programs kept apart. One story, in its order. */
@TestMethodOrder(OrderAnnotation.class)
class PluginTrustIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORKS = "public void collect(SampleSink sink) { sink.set(GUEST, %d, \"one\"); }";
    private static final String FAILS = "public void collect(SampleSink sink) { throw new IllegalStateException(); }";

    /** Goes round the barrier before exit calls, as hostile code may. */
    private static final String DEADLY = "public Guest() throws Exception {"
            + " Runtime.class.getMethod(\"halt\", int.class).invoke(Runtime.getRuntime(), 3); }"
            + FAILS;

    private static final Appliance appliance = Appliance.inFreshHome();

    @TempDir
    static Path keys;

    private static String token = "";

    @BeforeAll
    static void start() {
        appliance.start();
        appliance.configure("org.hearthwatch.plugin", "trial = 3s");
        token = appliance.newToken("read");
        for (String name : new String[] {"ann", "mallory"}) {
            appliance.command("plugin-key", "--out", keys.toString(), name).orThrow();
        }
        appliance
                .command("plugin-trust-add", keys.resolve("ann.pub").toString())
                .orThrow();
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    @Test
    @Order(1)
    void without_a_signature_or_with_that_of_a_stranger_it_is_quarantine() {
        var plugin = version("1.0.0", WORKS.formatted(1));
        plugin.dropInto(appliance.deploy());
        awaitState("1.0.0", "QUARANTINED");
        assertThat(reason("1.0.0")).startsWith("It is not signed.");

        sign("mallory");

        appliance.await("the stranger to be named", () -> reason("1.0.0").contains("mallory, whom no key"));
        assertThat(collector()).isEmpty();
        assertThat(appliance.command("audit-show", "--json").orThrow()).contains("plugin:quarantine");
    }

    @Test
    @Order(2)
    void signed_by_a_trusted_key_it_measures() {
        sign("ann");

        awaitState("1.0.0", "RUNNING");
        assertThat(find("1.0.0").orElseThrow().path("signer").asText()).isEqualTo("ann");
        awaitValue("1");
        assertThat(appliance.command("audit-show", "--json").orThrow()).contains("plugin:install", "signed by ann");
    }

    @Test
    @Order(3)
    void a_jar_with_one_entry_more_under_the_same_signature_does_not_run_and_the_former_one_does() {
        var tampered = withOneEntryMore(version("1.0.0", WORKS.formatted(1)));
        tampered.dropInto(appliance.deploy());

        appliance.await(
                "the tampered file to be found out", () -> list().toString().contains("is one of other bytes"));
        awaitValue("1");
    }

    @Test
    @Order(4)
    void a_new_version_takes_the_place_of_the_former_one() {
        drop(version("2.0.0", WORKS.formatted(2)));

        awaitState("2.0.0", "RUNNING");
        awaitValue("2");
    }

    @Test
    @Order(5)
    void a_new_version_whose_collector_fails_gives_way_to_the_former_one() {
        appliance.await(
                "the collector to work",
                () -> collector()
                        .filter(status -> status.path("state").asText().equals("OK"))
                        .isPresent());
        drop(version("3.0.0", FAILS));

        awaitState("3.0.0", "FAILED");
        assertThat(reason("3.0.0")).contains("worked in version 2.0.0").contains("Version 2.0.0 runs instead");
        awaitValue("2");
    }

    @Test
    @Order(6)
    void a_lower_version_stays_out_although_it_is_signed() {
        drop(version("1.5.0", WORKS.formatted(15)));

        awaitState("1.5.0", "QUARANTINED");
        assertThat(reason("1.5.0")).contains("lower than 2.0.0");
        String digest = find("1.5.0").orElseThrow().path("sha256").asText();
        assertThat(appliance.command("plugin-approve", digest).exitCode()).isEqualTo(1);
        drop(version("2.0.0", WORKS.formatted(2)));
        awaitState("2.0.0", "RUNNING");
    }

    @Test
    @Order(7)
    void a_plugin_the_process_does_not_survive_stays_off_at_the_next_start() {
        var deadly = PluginFixture.collector("deadly", DEADLY);
        long pid = appliance.pid();
        deadly.dropInto(appliance.deploy());
        sign("deadly.jar", "ann");
        appliance.await(
                "the process to end",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());

        appliance.start();

        appliance.await("the deadly one to be told of", () -> list().toString().contains("ended while it started"));
        awaitState("2.0.0", "RUNNING");
        awaitValue("2");
    }

    @Test
    @Order(8)
    void in_safe_mode_no_plugin_runs_and_everybody_is_told() {
        appliance.stop();
        String said = appliance.command("--port", "0", "start", "--safe").orThrow();

        assertThat(said).contains("SAFE MODE");
        awaitState("2.0.0", "SAFE_MODE");
        assertThat(collector()).isEmpty();
        assertThat(appliance.command("status").orThrow()).contains("SAFE MODE");
        assertThat(appliance.command("doctor").exitCode()).isEqualTo(1);
        assertThat(appliance.command("promises").out()).contains("started in safe mode");

        appliance.stop();
        appliance.start();
        awaitState("2.0.0", "RUNNING");
    }

    @Test
    @Order(9)
    void revoking_the_key_stops_what_it_let_in() {
        String fingerprint = json(appliance.command("plugin-trust-list", "--json"))
                .get(0)
                .path("fingerprint")
                .asText();

        appliance
                .command("plugin-trust-revoke", fingerprint, "--reason", "the laptop is gone")
                .orThrow();

        awaitState("2.0.0", "QUARANTINED");
        assertThat(reason("2.0.0")).contains("The key that let it in, ann, was revoked");
        appliance.await("its series to end", () -> samples().isEmpty());
    }

    @Test
    @Order(10)
    void a_fault_in_the_trust_folder_is_named_with_its_line() throws IOException {
        Files.writeString(appliance.etc().resolve("trust/bad.pub"), "name = a\nrole = everything\n");

        appliance.await(
                "the fault to be told of",
                () -> appliance.command("plugin-trust-list").out().contains("etc/trust/bad.pub"));
    }

    @Test
    @Order(11)
    void a_program_is_run_apart_and_its_series_end_when_it_fails() throws IOException {
        Path program = executable("#!/bin/sh\necho \"outside_answer{user=\\\"$(id -u)\\\"} 42\"\n");
        appliance.configure(
                "org.hearthwatch.collector.external-it",
                "command = " + program,
                "interval = 1s",
                "timeout = 1s",
                "memory = 1GB",
                "labels = site=attic");
        appliance.await(
                "the program's sample",
                () -> appliance
                                .query("outside_answer{site=\"attic\",job=\"external-it\"}", token)
                                .size()
                        == 1);
        appliance.await("its own series", () -> value("hearthwatch_external_up").equals("1"));

        Files.writeString(program, "#!/bin/sh\necho 'no such thing' >&2\nexit 4\n");

        appliance.await(
                "its series to end",
                () -> appliance.query("outside_answer", token).isEmpty());
        assertThat(appliance.command("collector-list", "--json").orThrow())
                .contains("it ended with code 4: no such thing");
        appliance.await(
                "its own series to say so",
                () -> value("hearthwatch_external_up").equals("0"));
    }

    private static Path executable(String text) throws IOException {
        // Where every user of the machine may go: the program is another's when the appliance is root.
        Path folder = Files.createDirectory(Path.of(
                System.getProperty("java.io.tmpdir"),
                "hearthwatch-it-" + ProcessHandle.current().pid()));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(folder.resolve("answer"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        return file;
    }

    private static PluginFixture version(String version, String members) {
        return PluginFixture.collector("guest", version, members);
    }

    private static void drop(PluginFixture plugin) {
        plugin.dropInto(appliance.deploy());
        sign("ann");
    }

    private static void sign(String who) {
        sign("guest.jar", who);
    }

    private static void sign(String file, String who) {
        appliance
                .command(
                        "plugin-sign",
                        appliance.deploy().resolve(file).toString(),
                        "--key",
                        keys.resolve(who + ".key").toString())
                .orThrow();
    }

    private static PluginFixture withOneEntryMore(PluginFixture plugin) {
        var bytes = new ByteArrayOutputStream();
        try (var from = new ZipInputStream(new ByteArrayInputStream(plugin.bytes()));
                var to = new ZipOutputStream(bytes)) {
            for (ZipEntry each = from.getNextEntry(); each != null; each = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(each.getName()));
                from.transferTo(to);
                to.closeEntry();
            }
            to.putNextEntry(new ZipEntry("org/example/Extra.txt"));
            to.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PluginFixture(plugin.fileName(), bytes.toByteArray());
    }

    private static void awaitState(String version, String state) {
        appliance.await(
                "version " + version + " to be " + state,
                () -> find(version)
                        .filter(plugin -> plugin.path("state").asText().equals(state))
                        .isPresent());
    }

    private static void awaitValue(String value) {
        appliance.await(
                "the sample " + value,
                () -> samples().size() == 1
                        && samples().get(0).path("value").get(1).asText().equals(value));
    }

    private static JsonNode samples() {
        return appliance.query("guest", token);
    }

    private static String value(String metric) {
        JsonNode found = appliance.query(metric, token);
        return found.isEmpty() ? "" : found.get(0).path("value").get(1).asText();
    }

    private static String reason(String version) {
        return find(version).map(plugin -> plugin.path("reason").asText()).orElse("");
    }

    private static Optional<JsonNode> find(String version) {
        for (JsonNode each : list()) {
            if (each.path("version").asText().equals(version)
                    && each.path("symbolicName").asText().equals("org.example.guest")) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> collector() {
        for (JsonNode each : json(appliance.command("collector-list", "--json"))) {
            if (each.path("name").asText().equals("guest")) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static JsonNode list() {
        return json(appliance.command("plugin-list", "--json"));
    }

    private static JsonNode json(Script.Reply reply) {
        try {
            return JSON.readTree(reply.orThrow());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + reply, e);
        }
    }
}
