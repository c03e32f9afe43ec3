package org.hearthwatch.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "250ms, PT0.25S",
        "15s, PT15S",
        "1h30m, PT1H30M",
        "' 5m ', PT5M",
        "15d, PT360H",
        "2w, PT336H",
        "1y, PT8760H",
        "1y1w1d1h1m1s1ms, PT8953H1M1.001S",
    })
    void durations_are_read(String text, Duration duration) {
        assertThat(HumanDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "5", "-5s", "5 s", "30m1h", "1.5h", "5x", "s", "99999999999999999999s", "9999999999y"})
    void what_is_no_duration_is_refused_with_what_is(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HumanDuration.parse(text))
                .withMessageContaining(HumanDuration.ALLOWED);
    }

    @Test
    void what_is_written_reads_back_the_same() {
        var random = new SplittableRandom(17);
        for (int i = 0; i < 2000; i++) {
            var duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 45)));
            assertThat(HumanDuration.parse(HumanDuration.format(duration))).isEqualTo(duration);
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT90S, 1m30s", "PT36H, 1d12h", "PT8760H, 1y", "PT-5S, -5s"})
    void durations_are_written_short(Duration duration, String text) {
        assertThat(HumanDuration.format(duration)).isEqualTo(text);
    }
}
