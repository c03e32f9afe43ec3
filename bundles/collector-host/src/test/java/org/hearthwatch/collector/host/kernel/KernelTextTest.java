package org.hearthwatch.collector.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class KernelTextTest {

    @Test
    void walks_by_lines_and_words() {
        KernelText text = KernelText.of("cpu  1\t2\n\nctxt 77");

        assertThat(text.nextLine()).isTrue();
        assertThat(text.nextWord()).isTrue();
        assertThat(text.word()).isEqualTo("cpu");
        assertThat(text.skipWords(2)).isTrue();
        assertThat(text.word()).isEqualTo("2");
        assertThat(text.nextWord()).isFalse();
        assertThat(text.nextLine()).isTrue();
        assertThat(text.nextWord()).isFalse();
        assertThat(text.nextLine()).isTrue();
        assertThat(text.nextWord()).isTrue();
        assertThat(text.wordIs("ctxt")).isTrue();
        assertThat(text.nextLine()).isFalse();
    }

    @Test
    void reads_counters_up_to_64_bits() throws Exception {
        assertThat(first("0").number()).isZero();
        assertThat(first("9223372036854775807").number()).isEqualTo(0x1p63);
        assertThat(first("18446744073709551615").number()).isEqualTo(0x1p64);
        assertThat(first("-12").signedNumber()).isEqualTo(-12);
        assertThat(first("-0").signedNumber()).isNotNegative();
        assertThat(first("0x1003").hexNumber()).isEqualTo(0x1003);
        assertThat(first("ffffffff").hexNumber()).isEqualTo(4294967295.0);
        assertThat(first("0.52").decimal()).isEqualTo(0.52);
    }

    @Test
    void refuses_what_is_no_number_and_says_where_it_stood() {
        for (String bad : new String[] {"", "-1", "1x", "12345678901234567890123", "+", "NaN"}) {
            assertThatExceptionOfType(MalformedException.class)
                    .as(bad)
                    .isThrownBy(() -> first("a\nb " + bad, 2, 2).number());
        }
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> first("a\nb junk\u0007", 2, 2).number())
                .withMessage("text, line 2: expected a whole number, found \"junk?\"");
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> first("1e999").decimal());
    }

    @Test
    void never_leaves_its_line_whatever_the_bytes_are() {
        ForAll.cases(2000, random -> {
                    var junk = new StringBuilder();
                    String alphabet = "0123456789abcx:-(). \t\n\r\u0000ü";
                    for (int i = random.nextInt(40); i > 0; i--) {
                        junk.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    return junk.toString();
                })
                .check(junk -> {
                    KernelText text = KernelText.of(junk);
                    var rebuilt = new StringBuilder();
                    while (text.nextLine()) {
                        text.nextUntil(':');
                        while (text.nextWord()) {
                            rebuilt.append(text.word());
                            try {
                                text.signedNumber();
                                text.hexNumber();
                            } catch (MalformedException expected) {
                                assertThat(expected).hasMessageStartingWith("text, line ");
                            }
                        }
                        text.rest();
                    }
                    assertThat(rebuilt.toString()).doesNotContain("\n");
                });
    }

    private static KernelText first(String text) {
        return first(text, 1, 1);
    }

    private static KernelText first(String text, int lines, int words) {
        KernelText kernelText = KernelText.of(text);
        for (int i = 0; i < lines; i++) {
            kernelText.nextLine();
        }
        kernelText.skipWords(words);
        return kernelText;
    }
}
