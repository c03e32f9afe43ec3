package org.hearthwatch.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "1.5, 1.5",
        "-2, -2",
        "100, 100",
        "0.000001, 0.000001",
        "1e-7, 1e-07",
        "1.25e-10, 1.25e-10",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "-1.5e300, -1.5e+300",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "0.1, 0.1",
    })
    void exact_is_what_prometheus_writes(double value, String written) {
        assertThat(Numbers.exact(value)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "999, 999",
        "1000, 1k",
        "1234, 1.23k",
        "45600000, 45.6M",
        "0.0078, 7.8m",
        "0.5, 0.5",
        "0.25, 0.25",
        "-1500, -1.5k",
        "1e-8, 10n",
        "999.6, 1k",
        "12.34, 12.3",
        "8e9, 8G",
    })
    void brief_has_three_digits_and_a_prefix(double value, String written) {
        assertThat(Numbers.brief(value)).isEqualTo(written);
    }

    @Test
    void exact_reads_back_as_the_same_number() {
        ForAll.cases(2000, random -> Double.longBitsToDouble(random.nextLong())).check(value -> {
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
            }
        });
    }
}
