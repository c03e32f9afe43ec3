package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StartAndStopIT {

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    @Test
    void a_second_start_in_the_same_home_is_refused_and_says_where_the_first_one_is() {
        var reply = appliance.script().run("--port", "0", "start");

        assertThat(reply.exitCode()).isEqualTo(1);
        assertThat(reply.err()).contains("already running").contains("http://127.0.0.1:" + appliance.port() + "/");
    }

    @Test
    void arguments_reach_a_command_as_they_were_typed() {
        var typed = "sum by (mode) (rate(x{mode!=\"idle\", a='$HOME'}[1m])) | {} ; \\ ` é\n%";

        assertThat(appliance.command("shell:printf", "%s", typed).orThrow()).isEqualTo(typed);
    }

    @Test
    void a_command_that_fails_gives_a_code_that_is_not_zero() {
        assertThat(appliance.command("no-such-command").exitCode()).isEqualTo(1);
        assertThat(appliance.command("bundle:start", "99999").exitCode()).isEqualTo(1);
    }

    @Test
    void a_port_in_use_is_named_and_what_to_do_is_said() throws Exception {
        try (var other = Appliance.inFreshHome();
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var reply = other.script().run("--port", String.valueOf(taken.getLocalPort()), "start");

            assertThat(reply.exitCode()).isEqualTo(1);
            assertThat(reply.err())
                    .contains("port " + taken.getLocalPort())
                    .contains("in use")
                    .contains("--port");
        }
    }

    @Test
    void it_runs_in_the_foreground_and_ends_in_order_when_asked_to() throws Exception {
        try (var other = Appliance.inFreshHome()) {
            var output = other.home().resolve("output");
            var process = other.script().launch(output, "--port", "0", "run");
            other.await("the greeting", () -> Appliance.read(output).contains("Ctrl-C"));
            assertThat(Appliance.read(output)).contains("Console   http://127.0.0.1:" + other.port() + "/");
            assertThat(other.get("/-/ready").statusCode()).isEqualTo(200);

            process.destroy();

            assertThat(process.waitFor()).isZero();
            assertThat(Appliance.read(output)).endsWith("Hearthwatch has stopped.\n");
            assertThat(other.command("status").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void several_run_side_by_side() {
        try (var other = Appliance.inFreshHome().start()) {
            assertThat(other.port()).isNotEqualTo(appliance.port());
            assertThat(other.get("/-/ready").statusCode()).isEqualTo(200);
            assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_program_folder_stays_as_it_was() throws Exception {
        var before = checksums();
        try (var other = Appliance.inFreshHome().start()) {
            other.command("bundle:list").orThrow();
        }

        assertThat(checksums()).isEqualTo(before);
    }

    @Test
    void what_it_keeps_is_for_its_owner_only() throws Exception {
        for (var folder : new java.nio.file.Path[] {appliance.home(), appliance.etc(), appliance.state()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .as("%s", folder)
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(appliance.state().resolve("operator/id"))))
                .isEqualTo("rw-------");
    }

    @Test
    void the_shell_takes_no_password_and_no_file_transfer() throws Exception {
        var process = new ProcessBuilder(
                        "ssh",
                        "-F",
                        "none",
                        "-v",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "IdentityFile=none",
                        "-o",
                        "IdentityAgent=none",
                        "-p",
                        String.valueOf(appliance.sshPort()),
                        "karaf@127.0.0.1",
                        "shell:info")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(255);
        assertThat(said).containsPattern("Authentications that can continue: publickey\\s");
    }

    private static Map<String, String> checksums() throws Exception {
        var program = Script.ROOT.resolve("karaf-assembly/target/assembly");
        var sums = new TreeMap<String, String>();
        try (var files = Files.walk(program)) {
            for (var file : (Iterable<java.nio.file.Path>) files::iterator) {
                sums.put(
                        program.relativize(file).toString(),
                        Files.isDirectory(file)
                                ? "folder"
                                : HexFormat.of()
                                        .formatHex(MessageDigest.getInstance("SHA-256")
                                                .digest(Files.readAllBytes(file))));
            }
        }
        return sums;
    }
}
