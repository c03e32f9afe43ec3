package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "up                                | [__name__=\"up\"]",
                "a:b_1{}                           | [__name__=\"a:b_1\"]",
                "up{job=\"node\"}                  | [__name__=\"up\", job=\"node\"]",
                " up { job != 'x' , env=~`a\\.b` , } | [__name__=\"up\", job!=\"x\", env=~\"a\\\\.b\"]",
                "{__name__!~\"\"}                  | [__name__!~\"\"]",
                "{\"http.status\", code=\"200\"}   | [__name__=\"http.status\", code=\"200\"]",
                "{\"http.route\"=\"/\"}            | [http.route=\"/\"]",
                "x{p=\"\\u00e4\\t\\\\\"}           | [__name__=\"x\", p=\"ä\t\\\\\"]",
            })
    void selectors_are_read(String text, String matchers) {
        assertThat(Selector.parse(text)).hasToString(matchers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "up{",
                "up{job",
                "up{job=",
                "up{job=\"x",
                "up{job=\"x\"",
                "up{job=\"x\"}}",
                "up[5m]",
                "1up",
                "up{job==\"x\"}",
                "up{job=\"\\q\"}",
                "up{job=\"\\u12\"}",
                "up{,}",
                "up down",
            })
    void what_is_no_selector_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Selector.parse(text));
    }
}
