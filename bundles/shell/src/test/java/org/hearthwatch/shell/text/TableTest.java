package org.hearthwatch.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void sets_words_left_and_numbers_right() {
        var table = new Table("NAME", "SERIES>", "ERROR").row("host", "412", "").row("docker", "7", "no socket");

        assertThat(table.lines(0))
                .containsExactly("NAME    SERIES  ERROR", "host       412", "docker       7  no socket");
    }

    @Test
    void the_widest_column_gives_way_on_a_narrow_terminal() {
        var table = new Table("NAME", "HELP").row("node_load1", "The load average over the last minute");

        assertThat(table.lines(30)).containsExactly("NAME        HELP", "node_load1  The load average …");
    }

    @Test
    void nothing_is_cut_without_a_terminal() {
        String help = "x".repeat(500);

        assertThat(new Table("HELP").row(help).lines(0)).contains(help);
    }

    @Test
    void a_cell_cannot_command_the_terminal() {
        assertThat(new Table("NAME").row("\u001b[2Jgone\n").lines(0)).containsExactly("NAME", "\\u001b[2Jgone\\n");
    }

    @Test
    void a_row_needs_a_cell_for_every_column() {
        assertThatThrownBy(() -> new Table("A", "B").row("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
