package org.hearthwatch.alert.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=b | {a=\"b\"}",
                "{a=b,} | {a=\"b\"}",
                "a=\"b\", c!~\"d.*\" | {a=\"b\",c!~\"d.*\"}",
                "a = b c | {a=\"b c\"}",
                "statuscode=~5.. | {statuscode=~\"5..\"}",
                "a=\"x\\\"y\" | {a=\"x\\\"y\"}",
                "a=\"Hi, ladies\" | {a=\"Hi, ladies\"}",
                "\"with space\"=b | {\"with space\"=\"b\"}",
                "ä=ö | {ä=\"ö\"}",
                "a= | {a=\"\"}",
                "`` | {}"
            })
    void reads_both_notations(String text, String meaning) {
        assertThat(new LabelMatchers(MatcherText.parse(text.equals("``") ? "" : text)))
                .hasToString(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=b", "a=\"b", "a=b\"", "a=~(", "{a=b,,}", "a=b c=d\""})
    void refuses_what_is_none(String text) {
        assertThatThrownBy(() -> MatcherText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
