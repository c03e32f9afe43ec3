package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The machine it runs on: its clock, its folders. Cases 52 and 53; what nobody can try from outside is named with its test. */
class HostileMachineIT {

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @TempDir
    Path folder;

    @Test
    void a_clock_that_jumps_is_tried_where_there_is_one_to_set() {
        // The clock of the machine is everybody's: these tests have one of their own.
        HostileCases.answered(
                52,
                "the clock set back and forth",
                "waits do not stretch (AttemptsTest), sessions and codes hold (SignInSessionsTest, TotpTest), the audit log"
                        + " keeps its order and notes the jump (FileAuditLogTest)");
    }

    @Test
    void folders_that_others_can_write_to_are_not_started_from() throws Exception {
        var answers = new TreeMap<String, String>();
        Path home = Files.createDirectories(folder.resolve("home/etc")).getParent();
        for (Path place : new Path[] {home, home.resolve("etc")}) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwx---"));
            answers.put("group-writable " + folder.relativize(place), refusal(home, "chmod -R go-w '" + place + "'"));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
        }
        Path setting = Files.writeString(home.resolve("etc/org.hearthwatch.http.cfg"), "");
        Files.setPosixFilePermissions(setting, PosixFilePermissions.fromString("rw-rw-rw-"));
        answers.put("a setting of everybody", refusal(home, "chmod -R go-w '" + setting + "'"));
        Files.delete(setting);
        Files.delete(home.resolve("etc"));
        Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("etc"), folder.resolve("elsewhere"));
        answers.put("etc a link", refusal(home, "is a symbolic link"));
        assertThat(home.resolve("state/cache")).doesNotExist();
        HostileCases.answered(53, "folders of others (a foreign owner: the same check)", answers.toString());
    }

    private static String refusal(Path home, String advice) {
        Script.Reply reply = Appliance.in(home).script().run("--port", "0", "start");
        assertThat(reply.exitCode()).as(reply.toString()).isEqualTo(1);
        assertThat(reply.err()).contains(advice);
        return "refused";
    }
}
