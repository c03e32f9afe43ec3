package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Code that nobody asked for, and ways to bring it in. Cases 40 and 42 to 44. */
class HostilePluginIT {

    private static final String MANIFEST =
            "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: %s\nBundle-Version: 9.9.9\n\n";

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    @Test
    void a_dropped_file_is_looked_at_and_nothing_of_it_runs() throws Exception {
        List<String> before = bundles();
        List<PluginFixture> dropped = List.of(
                new PluginFixture("unsigned.jar", jar("org.example.unsigned", "a.txt")),
                new PluginFixture("slip.jar", jar("org.example.slip", "../../evil")),
                new PluginFixture("impostor.jar", jar("org.hearthwatch.http", "a.txt")),
                new PluginFixture("empty.jar", new byte[0]),
                new PluginFixture("noise.jar", "no jar at all".getBytes(StandardCharsets.UTF_8)));
        var answers = new TreeMap<String, String>();
        try {
            for (PluginFixture plugin : dropped) {
                plugin.dropInto(appliance.deploy());
            }
            for (PluginFixture plugin : dropped) {
                appliance.await(
                        plugin.fileName() + " to be judged", () -> find(plugin).isPresent());
                answers.put(
                        plugin.fileName(),
                        find(plugin).orElseThrow().path("state").asText());
            }
            assertThat(answers.values())
                    .as(answers.toString())
                    .allMatch(state -> state.equals("QUARANTINED") || state.equals("REFUSED"));
            assertThat(answers).containsEntry("unsigned.jar", "QUARANTINED").containsEntry("slip.jar", "REFUSED");
            assertThat(bundles()).isEqualTo(before);
        } finally {
            for (PluginFixture plugin : dropped) {
                Files.deleteIfExists(appliance.deploy().resolve(plugin.fileName()));
            }
        }
        HostileCases.answered(
                40,
                "jars dropped into deploy/",
                answers + ", none installed; one that sleeps, throws, floods or ends the JVM: PluginIT");
    }

    private static byte[] jar(String name, String entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(MANIFEST.formatted(name).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(entry));
            zip.write('x');
        }
        return bytes.toByteArray();
    }

    private static Optional<JsonNode> find(PluginFixture plugin) throws IOException {
        for (JsonNode each :
                Person.JSON.readTree(appliance.command("plugin-list", "--json").orThrow())) {
            if (each.path("sha256").asText().equals(plugin.sha256())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static List<String> bundles() {
        return appliance
                .command("bundle:list", "-s", "-t", "0", "--no-format")
                .out()
                .lines()
                .filter(line -> line.contains("\t"))
                .sorted()
                .toList();
    }

    @Test
    void nothing_is_installed_by_a_file_or_a_command() throws Exception {
        List<String> before = bundles();
        List<String> files = List.of("evil.cfg", "evil.kar", "evil.xml", "features.xml", "evil.war");
        try {
            for (String name : files) {
                Files.writeString(appliance.deploy().resolve(name), "key = value\n");
            }
            var answers = new ArrayList<String>();
            for (String command : List.of(
                    "bundle:install mvn:commons-io/commons-io/2.20.0",
                    "bundle:install http://127.0.0.1:1/x.jar",
                    "feature:repo-add mvn:org.apache.karaf.features/standard/4.4.10/xml/features",
                    "kar:install file:///tmp/x.kar")) {
                Script.Reply reply = appliance.command(command.split(" "));
                assertThat(reply.exitCode()).as("%s: %s", command, reply).isNotZero();
                answers.add(command.split(" ", 2)[0]);
            }
            assertThat(bundles()).isEqualTo(before);
            HostileCases.answered(
                    43,
                    String.join(", ", files) + " in deploy/; " + String.join(", ", answers),
                    "nothing installed; the commands are refused (HardeningIT); config:edit is the administrators'"
                            + " (AccessMatrixIT)");
        } finally {
            for (String name : files) {
                Files.deleteIfExists(appliance.deploy().resolve(name));
            }
        }
    }

    @Test
    void there_is_no_index_of_updates_to_forge() {
        HostileCases.answered(
                42,
                "an index of updates, forged in any way",
                "the appliance fetches no updates: there is none to forge");
    }

    @Test
    void no_door_stands_open_that_nobody_needs() throws Exception {
        Path listening = Path.of("/proc/" + appliance.pid() + "/net/tcp");
        var answers = new TreeMap<Integer, String>();
        for (int port : new int[] {8101, 8181, 1099, 44444, 5005, 8443}) {
            // Somebody else on this machine may listen there; then it is not our door.
            boolean open = opens(port) && ours(listening, port);
            assertThat(open).as("port %s", port).isFalse();
            answers.put(port, "closed");
        }
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String attached = "no jcmd here";
        if (Files.isExecutable(jcmd)) {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(appliance.pid()), "VM.version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isNotZero();
            assertThat(said).doesNotContain("OpenJDK");
            attached = "refused";
        }
        HostileCases.answered(44, "ports of JMX, SSH, debuggers; jcmd", answers + "; " + attached);
    }

    private static boolean opens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Whether the appliance has the socket that listens at a port, by the kernel's own table. */
    private static boolean ours(Path table, int port) throws IOException {
        String end = ":%04X".formatted(port);
        for (String line : Files.readAllLines(table)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words[1].endsWith(end) && words[3].equals("0A")) {
                try (var descriptors = Files.list(Path.of("/proc/" + appliance.pid() + "/fd"))) {
                    for (Path descriptor : descriptors.toList()) {
                        if (Files.isSymbolicLink(descriptor)
                                && Files.readSymbolicLink(descriptor).toString().equals("socket:[" + words[9] + "]")) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
