package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, -0", "1, 1", "-1.5, -1.5", "1e-7, 0.0000001", "1e21, 1000000000000000000000",
        "1.5e15, 1500000000000000", "2e-3, 0.002", "0.1, 0.1", "NaN, NaN", "Infinity, +Inf", "-Infinity, -Inf",
        "1.0E23, 100000000000000000000000",
    })
    void values_are_plain_decimals(double value, String text) {
        assertThat(Numbers.value(value)).isEqualTo(text);
    }

    @Test
    void every_value_reads_back_as_itself() {
        ForAll.cases(2000, random -> Double.longBitsToDouble(random.nextLong())).check(value -> {
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                assertThat(Double.parseDouble(Numbers.value(value))).isEqualTo(value);
                assertThat(Numbers.value(value)).doesNotContain("E");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1", "1435781451781, 1435781451.781", "16050, 16.050", "5, 0.005", "-500, -0.500"})
    void times_are_seconds_with_three_decimals_unless_whole(long millis, String text) {
        assertThat(Numbers.time(millis)).isEqualTo(text);
    }
}
