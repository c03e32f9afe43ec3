package org.hearthwatch.prometheus.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.hearthwatch.prometheus.http.json.GoFloat.Layout;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "-1.5, -1.5",
        "1e-7, 1e-07",
        "1e-6, 0.000001",
        "1e21, 1e+21",
        "2e-3, 0.002",
        "123456789012345680000, 123456789012345680000",
        "9007199254740993, 9007199254740992",
        "0.1, 0.1",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2e-323, 2e-323",
        "9.9e-324, 1e-323",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "2.0000000000000001e-3, 0.002",
        "1.0E23, 1e+23",
        "3.141592653589793, 3.141592653589793",
        "100, 100",
        "5e-5, 0.00005",
        "1e15, 1000000000000000",
        "1.2345e+100, 1.2345e+100",
    })
    void values_are_written_as_prometheus_writes_them_into_json(double value, String text) {
        assertThat(GoFloat.text(value, Layout.JSON)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e21, 1000000000000000000000",
        "1e-7, 0.0000001",
        "-2.5e-9, -0.0000000025",
        "12.75, 12.75",
        "1e2, 100",
    })
    void a_plain_number_has_no_exponent(double value, String text) {
        assertThat(GoFloat.text(value, Layout.PLAIN)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0e+00", "1, 1e+00", "-0.0, -0e+00", "1234.5, 1.2345e+03", "1e-300, 1e-300", "NaN, NaN"})
    void an_alerts_value_always_has_an_exponent(double value, String text) {
        assertThat(GoFloat.text(value, Layout.EXPONENT)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "123456, 123456",
        "1000000, 1e+06",
        "1795310184.32, 1.79531018432e+09",
        "0.0001, 0.0001",
        "3.2321e-05, 3.2321e-05",
        "38, 38",
        "0.25, 0.25",
        "-0.0, -0",
        "123456.5, 123456.5",
    })
    void the_exposition_formats_have_an_exponent_early(double value, String text) {
        assertThat(GoFloat.text(value, Layout.GENERAL)).isEqualTo(text);
    }

    @Test
    void every_value_reads_back_as_itself_and_none_shorter_would() {
        ForAll.cases(5_000, random -> Double.longBitsToDouble(random.nextLong()))
                .check(value -> {
                    if (Double.isFinite(value)) {
                        String text = GoFloat.text(value, Layout.EXPONENT);
                        assertThat(Double.parseDouble(text)).isEqualTo(value);
                        var digits = new BigDecimal(text).stripTrailingZeros();
                        if (digits.precision() > 1) {
                            var exact = new BigDecimal(value);
                            var shorter = new MathContext(digits.precision() - 1, RoundingMode.FLOOR);
                            var longer = new MathContext(digits.precision() - 1, RoundingMode.CEILING);
                            assertThat(exact.round(shorter).doubleValue()).isNotEqualTo(value);
                            assertThat(exact.round(longer).doubleValue()).isNotEqualTo(value);
                            // Of those as long it is the closest.
                            var own = digits.subtract(exact).abs();
                            var best = exact.round(new MathContext(digits.precision(), RoundingMode.HALF_EVEN));
                            if (best.doubleValue() == value) {
                                assertThat(own)
                                        .isLessThanOrEqualTo(
                                                best.subtract(exact).abs());
                            }
                        }
                    }
                });
    }

    @Test
    void short_decimals_stay_short() {
        ForAll.cases(5_000, random -> random.nextInt(2_000_000) / 1000.0)
                .check(value -> assertThat(new BigDecimal(GoFloat.text(value, Layout.PLAIN)))
                        .isEqualByComparingTo(BigDecimal.valueOf(value)));
    }
}
