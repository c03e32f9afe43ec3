package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class PluginCommandsTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final Folder folder = new Folder();
    private final TestScreen screen = new TestScreen().with(Plugins.class, folder);

    private static final class Folder implements Plugins {

        final List<Plugin> plugins = new ArrayList<>();
        final List<String> calls = new ArrayList<>();
        State afterApproval = State.RUNNING;

        @Override
        public List<Plugin> list() {
            return plugins;
        }

        @Override
        public Plugin approve(String sha256, String approver) throws PluginRefusal {
            calls.add("approve " + sha256 + " by " + approver);
            if (plugins.isEmpty()) {
                throw new PluginRefusal("No plugin has a SHA-256 that begins with " + sha256);
            }
            return plugin(afterApproval, Optional.of("Its start failed: no spool"));
        }

        @Override
        public Plugin approveDowngrade(String sha256, String approver) throws PluginRefusal {
            calls.add("downgrade " + sha256);
            return plugin(State.RUNNING, Optional.empty());
        }

        @Override
        public void remove(String sha256) {
            calls.add("remove " + sha256);
        }
    }

    @Test
    void an_empty_folder_says_what_to_do() {
        screen.run("plugin-list");

        assertThat(screen.out()).contains("Drop a plugin's jar into deploy/");
    }

    @Test
    void one_in_quarantine_shows_what_it_asks_for_and_how_to_decide() {
        folder.plugins.add(plugin(State.QUARANTINED, Optional.of("It waits")));

        screen.run("plugin-list");

        assertThat(screen.out()).isEqualTo("""
                        FILE       STATE        NAME           VERSION  SIGNER  SHA-256
                        spool.jar  QUARANTINED  Spool watcher  1.2.3    ann     0123456789ab

                        spool.jar: It waits
                          needs: secret:spool/*
                          asks for: to run other programs
                          To start it: hw:plugin-approve 0123456789ab   To be rid of it: hw:plugin-remove 0123456789ab
                        """);
    }

    @Test
    void scripts_see_every_field() {
        folder.plugins.add(plugin(State.RUNNING, Optional.empty()));

        screen.run("plugin-list --json");

        assertThat(screen.out().strip())
                .isEqualTo("[{\"file\":\"spool.jar\",\"sha256\":\"" + DIGEST + "\",\"name\":\"Spool watcher\","
                        + "\"symbolicName\":\"com.example.spool\",\"version\":\"1.2.3\",\"vendor\":null,\"state\":\"RUNNING\","
                        + "\"reason\":null,\"since\":1767323045,\"asksFor\":[\"to run other programs\"],"
                        + "\"needs\":[\"secret:spool/*\"],\"signer\":\"ann\"}]");
    }

    @Test
    void an_approval_carries_the_approvers_name() {
        folder.plugins.add(plugin(State.QUARANTINED, Optional.empty()));

        assertThat(screen.run("plugin-approve 0123456789ab")).isZero();

        assertThat(folder.calls).containsExactly("approve 0123456789ab by operator");
        assertThat(screen.out()).contains("Spool watcher 1.2.3 runs.");
    }

    @Test
    void an_approved_plugin_that_does_not_run_is_exit_code_one() {
        folder.plugins.add(plugin(State.QUARANTINED, Optional.empty()));
        folder.afterApproval = State.FAILED;

        assertThat(screen.run("plugin-approve 0123456789ab")).isEqualTo(1);
        assertThat(screen.err())
                .contains("spool.jar is approved but does not run: Its start failed: no spool")
                .hasLineCount(1);
    }

    @Test
    void a_refusal_is_exit_code_one() {
        assertThat(screen.run("plugin-approve ffffffffffff")).isEqualTo(1);
        assertThat(screen.err()).contains("No plugin has");
    }

    @Test
    void a_lower_version_is_let_in_by_a_word_of_its_own() {
        assertThat(screen.run("plugin-approve --downgrade 0123456789ab")).isZero();
        assertThat(folder.calls).containsExactly("downgrade 0123456789ab");
    }

    @Test
    void removes() {
        assertThat(screen.run("plugin-remove 0123456789ab")).isZero();
        assertThat(folder.calls).containsExactly("remove 0123456789ab");
    }

    private static Plugin plugin(State state, Optional<String> reason) {
        return new Plugin(
                "spool.jar",
                DIGEST,
                "Spool watcher",
                "com.example.spool",
                "1.2.3",
                Optional.empty(),
                state,
                reason,
                TestClock.START,
                List.of("to run other programs"),
                List.of("secret:spool/*"),
                Optional.of("ann"));
    }
}
