package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, SHA-1. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void makes_the_codes_of_the_specification(long second, String code) {
        assertThat(Totp.code(KEY, Totp.step(Instant.ofEpochSecond(second)), 8)).isEqualTo(code);
    }

    /** RFC 4226, appendix D. */
    @Test
    void makes_the_six_digit_codes_of_the_specification() {
        assertThat(Totp.code(KEY, 0, 6)).isEqualTo("755224");
        assertThat(Totp.code(KEY, 9, 6)).isEqualTo("520489");
    }

    @Test
    void takes_the_step_before_and_after_and_none_that_was_used() {
        Instant now = Instant.ofEpochSecond(3000);
        for (int step = 97; step <= 103; step++) {
            String code = Totp.code(KEY, step, 6);
            if (Math.abs(step - 100) <= 1) {
                assertThat(Totp.match(KEY, code, now, 98)).as("step %d", step).hasValue(step);
            } else {
                assertThat(Totp.match(KEY, code, now, 0)).as("step %d", step).isEmpty();
            }
        }
        assertThat(Totp.match(KEY, Totp.code(KEY, 100, 6), now, 100)).isEmpty();
        assertThat(Totp.match(KEY, Totp.code(KEY, 99, 6), now, 100)).isEmpty();
        assertThat(Totp.match(KEY, Totp.code(KEY, 101, 6), now, 100)).hasValue(101);
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writes_base_32(String text, String expected) {
        assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
    }
}
