package org.hearthwatch.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @Test
    void spaces_part_words_and_quotes_keep_them_together() throws Exception {
        assertThat(Words.of("  query 'up == 1'  \"a b\" c\\ d '' e'f'"))
                .containsExactly("query", "up == 1", "a b", "c d", "", "ef");
        assertThat(Words.of(" \t ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hw:status | exec id",
                "hw:status; exec id",
                "([] getClass)",
                "$(exec id)",
                "`id`",
                "hw:status && id",
                "x = $.context"
            })
    void nothing_else_means_anything(String line) throws Exception {
        assertThat(String.join(" ", Words.of(line))).isEqualTo(line);
    }

    @Test
    void a_quote_that_does_not_end_and_an_endless_line_are_refused() {
        assertThatThrownBy(() -> Words.of("query 'up")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Words.of("x".repeat(70_000))).isInstanceOf(UsageException.class);
    }
}
