package org.hearthwatch.api.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void nothing_is_left_that_begins_a_line_or_turns_the_text_around() {
        assertThat(OneLine.of(" a\r\nBcc: b\u2028c\u202e \u001b[31md ")).isEqualTo("a Bcc: b c [31md");
    }

    @Test
    void what_is_cut_shows_and_no_character_is_halved() {
        assertThat(Cut.toCodePoints("\ud83d\udd25\ud83d\udd25\ud83d\udd25", 3)).hasSize(6);
        assertThat(Cut.toCodePoints("\ud83d\udd25\ud83d\udd25\ud83d\udd25", 2)).isEqualTo("\ud83d\udd25…");
        assertThat(Cut.toBytes("ääää", 7)).isEqualTo("ää…");
    }
}
