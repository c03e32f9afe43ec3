package org.hearthwatch.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "27, \\u001b", // escape: colours, cursor, title, clipboard
        "7, \\u0007", // bell, ends an OSC sequence
        "13, \\u000d", // carriage return: overwrites the line
        "8, \\u0008",
        "127, \\u007f",
        "155, \\u009b", // C1 CSI
        "8238, \\u202e", // right-to-left override
        "8294, \\u2066",
        "8203, \\u200b", // zero-width space
        "8232, \\u2028",
        "65279, \\ufeff",
        "917569, \\udb40\\udc41", // a tag character, invisible
    })
    void what_a_terminal_would_obey_is_written_as_its_code(int codePoint, String written) {
        assertThat(Printable.of("a" + Character.toString(codePoint) + "b")).isEqualTo("a" + written + "b");
    }

    @Test
    void a_line_break_stays_on_its_line() {
        assertThat(Printable.of("two\nlines")).isEqualTo("two\\nlines");
    }

    @Test
    void an_unpaired_surrogate_is_written_as_its_code() {
        assertThat(Printable.of("a\ud800b")).isEqualTo("a\\ud800b");
    }

    @Test
    void every_language_stays_readable() {
        String text = "Küche 厨房 κουζίνα المطبخ 🍳 C:\\disk";

        assertThat(Printable.of(text)).isSameAs(text);
    }
}
