package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {

    private final TestScreen screen = new TestScreen();

    private void happened(String actor, String action) throws Exception {
        screen.audit.record(new AuditEvent(actor, "admin", "127.0.0.1", action, "x", Outcome.ALLOWED, ""));
    }

    @Test
    void shows_the_newest_entries_in_order() throws Exception {
        happened("ann", "tokens:manage");
        happened("bob", "users:manage");
        assertThat(screen.run("audit-show --limit 1")).isZero();
        assertThat(screen.out()).contains("bob").doesNotContain("ann");
    }

    @Test
    void chooses_by_actor_and_action() throws Exception {
        happened("ann", "tokens:manage");
        happened("ann", "users:manage");
        happened("bob", "users:manage");
        screen.run("audit-show --actor ann --action users: --json");
        assertThat(screen.out())
                .startsWith("[{\"sequence\":1")
                .contains("\"actor\":\"ann\"")
                .doesNotContain("bob");
    }

    @Test
    void an_untouched_log_verifies() throws Exception {
        happened("ann", "tokens:manage");
        assertThat(screen.run("audit-verify")).isZero();
        assertThat(screen.out()).contains("All 1 entries");
    }

    @Test
    void a_changed_log_is_said_and_ends_with_exit_code_1() {
        screen.audit.problem = Optional.of("entry 7 was changed");
        assertThat(screen.run("audit-verify")).isEqualTo(1);
        assertThat(screen.err()).contains("entry 7 was changed");
        assertThat(screen.run("audit-verify --json")).isEqualTo(1);
        assertThat(screen.out()).contains("\"problem\":\"entry 7 was changed\"");
    }

    @Test
    void an_export_is_itself_recorded(@TempDir Path folder) {
        assertThat(screen.run("audit-export " + folder.resolve("out"))).isZero();
        assertThat(Files.isDirectory(folder.resolve("out"))).isTrue();
        assertThat(screen.audit.entries)
                .extracting(AuditEntry::event)
                .extracting(AuditEvent::action)
                .containsExactly("export:audit");
    }

    @Test
    void a_command_that_changes_something_is_recorded_with_its_words() {
        screen.run("plugin-remove 0123456789ab");
        assertThat(screen.audit.entries).hasSize(2);
        assertThat(screen.audit.entries.get(0).event())
                .isEqualTo(new AuditEvent(
                        "operator",
                        "admin",
                        "shell",
                        "manage:plugins",
                        "hw:plugin-remove 0123456789ab",
                        Outcome.ALLOWED,
                        ""));
        assertThat(screen.audit.entries.get(1).event().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_command_that_cannot_be_recorded_does_not_run() {
        screen.audit.full = true;
        assertThat(screen.run("plugin-remove 0123456789ab")).isEqualTo(1);
        assertThat(screen.err()).contains("make room");
    }

    @Test
    void looking_leaves_no_trace() {
        screen.run("audit-show");
        screen.run("token-list");
        assertThat(screen.audit.entries).isEmpty();
    }
}
