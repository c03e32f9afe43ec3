package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KarafLineTest {

    private static final Set<String> OWN = Set.of("query", "status", "user-add");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "bundle:list -s | grep hearthwatch",
                "hw:status",
                "status",
                "hw:query 'up{job=\"x\"} | bundle:stop'",
                "hw:query \"sum(up)\"",
                "help",
                "hw:user-add ann --role viewer; config:list",
            })
    void our_own_commands_and_those_that_only_look_are_not_told(String line) {
        assertThat(KarafLine.changes(line, OWN)).isEmpty();
    }

    @Test
    void what_changes_something_is_told_wherever_it_stands() {
        assertThat(KarafLine.changes("bundle:stop  12", OWN)).containsExactly("bundle:stop 12");
        assertThat(KarafLine.changes("hw:status; bundle:restart 3 && log:set DEBUG", OWN))
                .containsExactly("bundle:restart 3", "log:set DEBUG");
        assertThat(KarafLine.changes("each [1 2] { bundle:stop $it }", OWN)).contains("each", "bundle:stop $it");
        assertThat(KarafLine.changes("echo \"$(bundle:stop 3)\"", OWN)).contains("bundle:stop 3");
        assertThat(KarafLine.changes("stop 12", OWN)).containsExactly("stop");
        assertThat(KarafLine.changes("$.context bundles", OWN)).containsExactly("$.context");
    }

    @Test
    void words_among_which_a_secret_may_stand_are_left_out() {
        assertThat(KarafLine.changes("config:property-set password hunter2", OWN))
                .containsExactly("config:property-set");
    }
}
