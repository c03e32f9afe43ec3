package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Karaf and Java leave open by default, and is closed here: asked of the running appliance. */
class HardeningIT {

    private static final String LISTEN = "0A";

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    // ---- listeners

    @Test
    void only_the_console_and_the_shell_listen_and_on_loopback() throws Exception {
        assertThat(listeners())
                .containsExactlyInAnyOrder("127.0.0.1:" + appliance.port(), "127.0.0.1:" + appliance.sshPort());
    }

    @ParameterizedTest
    @ValueSource(ints = {8101, 8181, 1099, 44444, 5005})
    void ports_that_karaf_opens_elsewhere_are_closed(int port) throws Exception {
        assertThat(listeners()).noneMatch(listener -> listener.endsWith(":" + port));
    }

    @Test
    void plain_http_is_not_opened_beyond_loopback_whatever_the_web_servers_file_says() throws Exception {
        String file = Appliance.read(appliance.etc().resolve("org.apache.felix.http.cfg"));
        try {
            appliance.configure("org.apache.felix.http", file.replace("host = 127.0.0.1", "host = 0.0.0.0"));
            appliance.await(
                    "the refusal in the log",
                    () -> Appliance.read(appliance.log()).contains("Plain HTTP is for this machine only"));
            appliance.await("the console", () -> answers());
            assertThat(listeners()).noneMatch(listener -> listener.startsWith("0.0.0.0:"));
        } finally {
            Files.writeString(appliance.etc().resolve("org.apache.felix.http.cfg"), file);
            appliance.await("the console", () -> answers());
        }
    }

    // ---- accounts and the shell

    @Test
    void there_is_no_file_of_users_with_passwords() throws Exception {
        try (Stream<Path> files = Files.walk(appliance.home())) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("users.properties");
        }
    }

    @Test
    void the_shell_takes_no_password() throws Exception {
        String said =
                ssh("-o", "PreferredAuthentications=password,keyboard-interactive", "-o", "PubkeyAuthentication=no");

        assertThat(said).contains("Permission denied (publickey)");
    }

    @Test
    void the_shell_takes_no_strangers_key() throws Exception {
        Path key = Files.createTempDirectory(appliance.home(), "stranger").resolve("key");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());

        assertThat(ssh("-i", key.toString(), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"))
                .contains("Permission denied (publickey)");
    }

    @Test
    void the_shell_speaks_modern_algorithms_only() throws Exception {
        String said = ssh("-vv", "-o", "PubkeyAuthentication=no");
        String offer = said.substring(said.indexOf("peer server KEXINIT proposal"));

        assertThat(proposal(offer, "KEX algorithms"))
                .isNotEmpty()
                .isSubsetOf("curve25519-sha256", "ecdh-sha2-nistp256", "ext-info-s", "kex-strict-s-v00@openssh.com");
        assertThat(proposal(offer, "host key algorithms")).isSubsetOf("ecdsa-sha2-nistp256", "ssh-ed25519");
        assertThat(proposal(offer, "ciphers stoc"))
                .isNotEmpty()
                .isSubsetOf("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr");
        assertThat(proposal(offer, "MACs stoc"))
                .isNotEmpty()
                .isSubsetOf("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com");
    }

    @Test
    void a_key_that_is_nobodys_and_karafs_own_commands_are_in_the_audit_log() throws Exception {
        Path key = Files.createTempDirectory("hearthwatch-key").resolve("id");
        exec(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        ssh("-i", key.toString(), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none");
        operatorSsh("log:set INFO org.hearthwatch.nowhere");

        assertThat(operatorSsh("hw:audit-show --json").output())
                .contains("shell:begin")
                .contains("none of them is this user's")
                .contains("log:set INFO org.hearthwatch.nowhere");
    }

    @Test
    void the_shell_transfers_no_files() throws Exception {
        assertThat(operatorSsh("-s", "sftp").exit()).isNotZero();
        assertThat(operatorSsh("scp -f /etc/hostname").exit()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundle:install mvn:commons-io/commons-io/2.20.0",
                "bundle:install http://127.0.0.1:1/x.jar",
                "bundle:install file:///tmp/x.jar",
                "bundle:update 1 file:///tmp/x.jar",
                "bundle:watch *",
                "config:install file:///etc/hostname x.cfg",
                "shell:exec id",
                "shell:java java.lang.System",
                "feature:repo-add mvn:org.apache.karaf.features/standard/4.4.10/xml/features",
                "feature:install http",
                "kar:install file:///tmp/x.kar",
                "instance:create other",
                "jaas:realm-list",
                "wrapper:install"
            })
    void nothing_is_installed_fetched_or_run_from_the_shell(String command) throws Exception {
        List<String> before = bundles();

        Exit exit = operatorSsh(command);

        assertThat(exit.output()).containsAnyOf("not found", "not allowed", "Insufficient", "No access", "denied");
        assertThat(exit.exit()).isNotZero();
        assertThat(bundles()).isEqualTo(before);
    }

    @Test
    void commands_without_a_rule_need_the_admin_role() {
        assertThat(Appliance.read(appliance.state().resolve("karaf/system.properties")))
                .containsPattern("(?m)^karaf.secured.command.compulsory.roles *= *admin$");
    }

    // ---- code from elsewhere

    @Test
    void no_part_that_fetches_code_is_in_the_program() throws Exception {
        try (Stream<Path> files = Files.walk(Script.ROOT.resolve("karaf-assembly/target/assembly"))) {
            assertThat(files.map(Path::toString))
                    .noneMatch(file -> file.contains("/org/ops4j/pax/url/")
                            || file.contains("/org/apache/karaf/features/")
                            || file.contains("/org/apache/karaf/kar/")
                            || file.contains("/org/apache/karaf/deployer/")
                            || file.contains("/org/apache/karaf/management/")
                            || file.contains("/org/apache/karaf/webconsole/")
                            || file.contains("org.apache.felix.framework.security"));
        }
    }

    @Test
    void no_maven_or_feature_repository_is_configured() throws Exception {
        for (Path folder : List.of(appliance.etc(), appliance.state().resolve("karaf"))) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name ->
                                name.startsWith("org.ops4j.pax.url") || name.startsWith("org.apache.karaf.features"));
            }
        }
    }

    @Test
    void no_end_of_life_web_server_is_installed() throws Exception {
        assertThat(bundles())
                .anyMatch(line -> line.contains("org.apache.felix.http.jetty12"))
                .noneMatch(line -> line.contains("org.ops4j.pax.web") || line.contains("javax.servlet"));
    }

    @Test
    void a_configuration_dropped_into_the_plugin_folder_configures_nothing() throws Exception {
        Path dropped = appliance.deploy().resolve("org.hearthwatch.dropped.cfg");
        Path seen = appliance.etc().resolve("org.hearthwatch.seen.cfg");
        try {
            Files.writeString(dropped, "key = value\n");
            // What lies in etc is read in the meantime; what lies in deploy would have been, too.
            Files.writeString(seen, "key = value\n");
            appliance.await(
                    "the configuration from etc",
                    () -> appliance
                            .command("config:list", "(service.pid=org.hearthwatch.seen)")
                            .out()
                            .contains("key"));
            assertThat(appliance
                            .command("config:list", "(service.pid=org.hearthwatch.dropped)")
                            .out())
                    .doesNotContain("key");
        } finally {
            Files.delete(dropped);
            Files.delete(seen);
        }
    }

    // ---- the process

    @Test
    void the_process_can_be_neither_attached_to_nor_measured_by_files() throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        assumeTrue(Files.isExecutable(jcmd), "this JDK has no jcmd");

        Exit exit = exec(List.of(jcmd.toString(), Long.toString(appliance.pid()), "VM.version"));

        assertThat(exit.exit()).isNotZero();
        assertThat(exit.output()).doesNotContain("OpenJDK");
    }

    @Test
    void the_process_has_the_flags_that_matter() throws Exception {
        List<String> words = Arrays.asList(
                Files.readString(Path.of("/proc/" + appliance.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                        .split("\0"));

        assertThat(words)
                .contains(
                        "-Djava.security.manager=disallow",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-UsePerfData",
                        "-Djdk.serialFilter=!*")
                .noneMatch(word -> word.startsWith("-Dcom.sun.management.jmxremote"))
                .noneMatch(word -> word.contains("jdwp"));
        assertThat(Appliance.read(appliance.state().resolve("karaf/custom.properties")))
                .containsPattern("(?m)^karaf.shutdown.port *= *-1$");
    }

    @Test
    void a_crash_leaves_no_memory_on_disk() throws Exception {
        assertThat(Files.readString(Path.of("/proc/" + appliance.pid() + "/limits")))
                .containsPattern("Max core file size +0 +0 ");
    }

    @Test
    void nobody_else_reads_the_appliances_folders() throws Exception {
        for (Path folder : List.of(appliance.home(), appliance.etc(), appliance.state(), appliance.deploy())) {
            assertThat(Files.getPosixFilePermissions(folder))
                    .as(folder.toString())
                    .doesNotContain(
                            PosixFilePermission.GROUP_READ,
                            PosixFilePermission.GROUP_WRITE,
                            PosixFilePermission.GROUP_EXECUTE,
                            PosixFilePermission.OTHERS_READ,
                            PosixFilePermission.OTHERS_WRITE,
                            PosixFilePermission.OTHERS_EXECUTE);
        }
    }

    @Test
    void a_line_break_forges_no_line_of_the_log() {
        assertThat(Appliance.read(appliance.etc().resolve("org.ops4j.pax.logging.cfg")))
                .containsPattern("(?m)^log4j2.pattern *=.*%encode\\{.*}\\{CRLF}");
    }

    // ---- asking

    private static boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), appliance.port()), 1000);
            return appliance.get("/-/healthy").statusCode() == 200;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static List<String> bundles() throws Exception {
        // A tab between the columns tells them from what the client says.
        return operatorSsh("bundle:list -s -t 0 --no-format")
                .output()
                .lines()
                .filter(line -> line.contains("\t"))
                .sorted()
                .toList();
    }

    private record Exit(int exit, String output) {}

    private static Exit operatorSsh(String... command) throws Exception {
        Path keys = appliance.state().resolve("operator");
        List<String> words = new ArrayList<>(List.of(
                "ssh",
                "-F",
                "none",
                "-q",
                "-n",
                "-l",
                "operator",
                "-p",
                Integer.toString(appliance.sshPort()),
                "-i",
                keys.resolve("id").toString(),
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityAgent=none",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "HostKeyAlias=hearthwatch",
                "-o",
                "GlobalKnownHostsFile=/dev/null",
                "-o",
                "UserKnownHostsFile=\"" + keys.resolve("known_hosts") + "\"",
                "127.0.0.1"));
        words.addAll(List.of(command));
        return exec(words);
    }

    /** What a client without the operator's key hears. */
    private static String ssh(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "ssh",
                "-F",
                "none",
                "-n",
                "-l",
                "operator",
                "-p",
                Integer.toString(appliance.sshPort()),
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null"));
        words.addAll(List.of(options));
        words.addAll(List.of("127.0.0.1", "hw:status"));
        return exec(words).output();
    }

    private static Set<String> proposal(String offer, String kind) {
        return offer.lines()
                .filter(line -> line.contains(kind + ": "))
                .findFirst()
                .map(line -> Set.of(line.substring(line.indexOf(kind) + kind.length() + 2)
                        .strip()
                        .split(",")))
                .orElse(Set.of());
    }

    private static void run(String... command) throws Exception {
        assertThat(exec(List.of(command)).exit()).isZero();
    }

    private static Exit exec(List<String> command) throws Exception {
        assumeTrue(isInstalled(command.get(0)), command.get(0) + " is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Exit(process.exitValue(), output);
    }

    private static boolean isInstalled(String program) {
        return program.startsWith("/")
                || Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The TCP sockets of the appliance that wait for connections, from the kernel's own tables. */
    private static Set<String> listeners() throws IOException {
        Set<String> inodes = new TreeSet<>();
        Path proc = Path.of("/proc/" + appliance.pid());
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)) {
                    inodes.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        Set<String> listeners = new TreeSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(proc.resolve(table))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words[3].equals(LISTEN) && inodes.contains("socket:[" + words[9] + "]")) {
                    listeners.add(address(words[1]));
                }
            }
        }
        return listeners;
    }

    /** The kernel writes addresses in hexadecimal, each four bytes backwards. */
    private static String address(String hex) throws IOException {
        String host = hex.substring(0, hex.indexOf(':'));
        var bytes = new byte[host.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int word = i / 4 * 4;
            int from = 2 * (word + 3 - i % 4);
            bytes[i] = (byte) Integer.parseInt(host.substring(from, from + 2), 16);
        }
        return InetAddress.getByAddress(bytes).getHostAddress() + ":"
                + Integer.parseInt(hex.substring(hex.indexOf(':') + 1), 16);
    }
}
