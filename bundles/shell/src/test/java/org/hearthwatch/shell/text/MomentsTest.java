package org.hearthwatch.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T20:15:00Z");

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-21T20:15:00Z",
        "-1h30m, 2026-11-21T18:45:00Z",
        "2026-11-21T20:15:00+01:00, 2026-11-21T19:15:00Z",
        "2026-11-21 20:15:00Z, 2026-11-21T20:15:00Z",
        "1700000000, 2023-11-14T22:13:20Z",
        "1700000000.25, 2023-11-14T22:13:20.250Z",
    })
    void reads_every_way_a_time_is_written(String text, Instant expected) {
        assertThat(Moments.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-", "-1", "2026-11-21", "99999999999999", "1e9"})
    void says_what_it_takes_when_it_is_none(String text) {
        assertThatThrownBy(() -> Moments.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no time")
                .hasMessageContaining("RFC 3339");
    }

    @Test
    void shows_seconds_in_the_zone() {
        assertThat(Moments.show(NOW.plus(Duration.ofMillis(999)), ZoneOffset.ofHours(2)))
                .isEqualTo("2026-11-21 22:15:00");
    }
}
