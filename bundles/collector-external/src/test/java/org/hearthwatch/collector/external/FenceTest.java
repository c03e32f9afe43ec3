package org.hearthwatch.collector.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FenceTest {

    private static final Path HOME = Path.of("/var/lib/hearthwatch");
    private static final Set<String> TOOLS = Set.of("setsid", "prlimit", "setpriv");

    @Test
    void systemd_gives_a_user_of_its_own_no_network_and_limits_of_the_kernel() throws Exception {
        List<String> words = fence(true, Isolation.SYSTEMD, Isolation.BUBBLEWRAP, Isolation.LIMITS)
                .words(new Programs("/bin/x").arguments("one two").make());

        assertThat(words)
                .startsWith("systemd-run")
                .contains(
                        "--property=DynamicUser=yes",
                        "--property=PrivateNetwork=yes",
                        "--property=MemoryMax=268435456",
                        "--property=TasksMax=64",
                        "--property=ProtectSystem=strict",
                        "--property=InaccessiblePaths=/var/lib/hearthwatch",
                        "--property=RuntimeMaxSec=10")
                .endsWith("--", "/bin/x", "one two");
    }

    @Test
    void the_environment_is_named_but_never_written_into_the_command_line() throws Exception {
        var programs = new Programs("/bin/x").environment("PLACE", "attic");

        List<String> systemd = fence(true, Isolation.SYSTEMD).words(programs.make());
        List<String> bubblewrap = fence(true, Isolation.BUBBLEWRAP).words(programs.make());

        assertThat(systemd).contains("--setenv=PLACE").noneMatch(word -> word.contains("attic"));
        assertThat(bubblewrap).noneMatch(word -> word.contains("attic"));
    }

    @Test
    void secrets_in_the_environment_keep_away_from_systemd_which_shows_it() throws Exception {
        var programs = new Programs("/bin/x").secret("TOKEN", "secret:a/b").byInput(false);
        Fence fence = fence(true, Isolation.SYSTEMD, Isolation.BUBBLEWRAP, Isolation.LIMITS);

        assertThat(fence.words(programs.make())).contains("bwrap").doesNotContain("systemd-run");
        assertThatThrownBy(() -> fence.words(programs.isolation(Isolation.SYSTEMD).make()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("secretsBy = input");
    }

    @Test
    void bubblewrap_hides_the_home_and_the_network_and_changes_the_user_where_it_may() throws Exception {
        List<String> words = fence(true, Isolation.BUBBLEWRAP).words(new Programs("/bin/x").make());

        assertThat(words)
                .containsSubsequence("setsid", "prlimit", "--as=268435456", "--", "bwrap")
                .contains("--unshare-net", "--unshare-pid", "--die-with-parent", "--new-session")
                .containsSubsequence("--ro-bind", "/", "/", "--perms", "0755", "--tmpfs", HOME.toString())
                .containsSubsequence("--", "setpriv", "--reuid=nobody", "--regid=nogroup", "--no-new-privs", "--", "/bin/x");
    }

    @Test
    void without_root_bubblewrap_has_a_user_namespace_and_no_capabilities() throws Exception {
        List<String> words = fence(false, Isolation.BUBBLEWRAP)
                .words(new Programs("/bin/x").network(true).make());

        assertThat(words)
                .containsSubsequence("bwrap", "--unshare-all", "--share-net", "--cap-drop", "ALL")
                .noneMatch(word -> word.startsWith("--reuid"));
    }

    @Test
    void a_program_in_the_home_is_the_only_thing_of_it_that_is_seen() throws Exception {
        String file = HOME + "/etc/measure";

        assertThat(fence(true, Isolation.BUBBLEWRAP).words(new Programs(file).make()))
                .containsSubsequence("--tmpfs", HOME.toString(), "--perms", "0755", "--dir", HOME + "/etc", "--ro-bind", file, file);
    }

    @Test
    void with_neither_there_are_limits_and_what_is_missing_is_said() throws Exception {
        Fence fence = fence(false, Isolation.LIMITS);
        Program program = new Programs("/bin/x").make();

        assertThat(fence.words(program))
                .containsExactly(
                        "setsid", "prlimit", "--as=268435456", "--core=0", "--nofile=256", "--cpu=15", "--", "setpriv",
                        "--no-new-privs", "--", "/bin/x");
        assertThat(fence.gaps(program).orElseThrow())
                .contains("neither systemd-run nor bubblewrap", "it can use the network", "own user", "whole file system");
        assertThat(fence(true, Isolation.BUBBLEWRAP).gaps(program)).isEmpty();
    }

    @Test
    void without_util_linux_the_shell_sets_the_limits_and_no_word_of_ours_is_its_code() throws Exception {
        var bare = new Fence(EnumSet.of(Isolation.LIMITS), Set.of(), false, HOME);

        List<String> words = bare.words(new Programs("/bin/x").arguments("; rm -rf /").make());

        assertThat(words.get(2)).isEqualTo("ulimit -v 262144 && ulimit -c 0 && ulimit -n 256 && exec \"$@\"");
        assertThat(words).endsWith("sh", "/bin/x", "; rm -rf /");
        assertThat(bare.gaps(new Programs("/bin/x").make()).orElseThrow()).contains("limited by the shell alone");
    }

    @Test
    void what_is_asked_for_and_not_there_is_not_replaced_by_less() {
        Fence fence = fence(false, Isolation.LIMITS);

        assertThatThrownBy(() -> fence.words(
                        new Programs("/bin/x").isolation(Isolation.BUBBLEWRAP).make()))
                .hasMessageContaining("isolation = bubblewrap does not work on this machine");
        assertThatThrownBy(() -> fence.words(new Programs("/bin/x").user("mallory").make()))
                .hasMessageContaining("user = mallory needs an appliance that runs as root");
    }

    private static Fence fence(boolean root, Isolation... means) {
        return new Fence(Set.of(means), TOOLS, root, HOME);
    }
}
