package org.hearthwatch.query.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatterTest {

    private static String pretty(String expression) throws SyntaxException {
        return Formatter.pretty(Parser.parse(expression, EnumSet.allOf(Feature.class)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sum(x)by(a,b)                | sum by (a, b) (x)",
                "x{b='1',a=~`.*`}             | x{a=~\".*\",b=\"1\"}",
                "{'a.b',c='d'}                | {__name__=\"a.b\",c=\"d\"}",
                "x{'a b'!=''}                 | x{\"a b\"!=\"\"}",
                "x[7200]offset 86400@1.5      | x[2h] @ 1.500 offset 1d",
                "x[14d:1h1m1s1ms]@end()       | x[2w:1h1m1s1ms] @ end()",
                "x offset-5m                  | x offset -5m",
                "1e3+0x1f+1_0+.5+Inf+nan+1h   | 1000 + 31 + 10 + 0.5 + +Inf + NaN + 1h",
                "a+on(b)group_left(c)d        | a + on (b) group_left (c) d",
                "a+on()1                      | a + 1",
                "a==bool ignoring(b)c         | a == bool ignoring (b) c",
                "-(a)                         | -(a)",
                "topk without()(3,x)          | topk without () (3, x)",
                "\"a\\n\\\"\\x41\"                | \"a\\n\\\"A\"",
                "\"\\u00fc\\xc3\\xbc\\xff\"           | \"üü\\xff\"",
                "x@start()[1m]                | x[1m] @ start()",
                "x offset 0                   | x",
                "x offset (1m-1m)             | x offset (1m - 1m)",
                "x offset(1m-1m)[1m]          | x[1m] offset (1m - 1m)",
                "x[1m+(2*3s)]                 | x[1m + (2 * 3s)]",
                "a#comment                    | a"
            })
    void writes_the_canonical_layout(String expression, String canonical) throws SyntaxException {
        assertThat(pretty(expression)).isEqualTo(canonical);
    }

    @Test
    void opens_up_what_does_not_fit_on_a_line() throws SyntaxException {
        String expression = "sum by (instance) (rate(node_network_receive_bytes_total{device!~\"lo|veth.*\"}[5m])) / "
                + "on (instance) group_left () (node_network_speed_bytes > 0)";

        assertThat(pretty(expression)).isEqualTo("""
                          sum by (instance) (rate(node_network_receive_bytes_total{device!~"lo|veth.*"}[5m]))
                        / on (instance) group_left ()
                          (node_network_speed_bytes > 0)""");
    }

    @Test
    void widths_are_counted_in_bytes_of_utf8() throws SyntaxException {
        assertThat(pretty("a{b='" + "ü".repeat(44) + "'} + c")).hasLineCount(1);
        assertThat(pretty("a{b='" + "ü".repeat(45) + "'} + c")).hasLineCount(3);
    }

    @Test
    void numbers_are_written_as_go_writes_them() {
        assertThat(GoText.general(1e21)).isEqualTo("1e+21");
        assertThat(GoText.general(123456789)).isEqualTo("123456789");
        assertThat(GoText.general(0.00001)).isEqualTo("1e-05");
        assertThat(GoText.plain(1e21)).isEqualTo("1000000000000000000000");
        assertThat(GoText.plain(-0.0)).isEqualTo("-0");
        assertThat(GoText.plain(2e-3)).isEqualTo("0.002");
        assertThat(GoText.plain(4.9e-324)).endsWith("5").hasSize(326);
        assertThat(GoText.compact(1.5)).isEqualTo("1.5");
        assertThat(GoText.compact(1e6)).isEqualTo("1e+06");
        assertThat(GoText.compact(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    }
}
