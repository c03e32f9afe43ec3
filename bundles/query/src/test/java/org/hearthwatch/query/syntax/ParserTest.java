package org.hearthwatch.query.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ParserTest {

    private static final List<String> WORDS = List.of(
            "foo",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "5m",
            "1",
            "\"s\"",
            "+",
            "-",
            "^",
            "and",
            "by",
            "on",
            "sum",
            "rate",
            "offset",
            "@",
            "start()",
            ":",
            ",",
            "=",
            "=~",
            "!",
            "#",
            "\n",
            "é",
            "bool",
            "group_left",
            "inf",
            "0x");

    /** Each line: an expression, {@code =>}, position and complaint. */
    @TestFactory
    Stream<DynamicTest> refuses_what_is_wrong_and_says_where() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/syntax-errors.txt")).stream()
                .filter(line -> line.contains("=>"))
                .map(line -> {
                    String expression =
                            line.substring(0, line.indexOf("=>")).strip().replace("\\n", "\n");
                    String complaint = line.substring(line.indexOf("=>") + 2).strip();
                    return dynamicTest(
                            line, () -> assertThat(complaintOf(expression)).isEqualTo(complaint));
                });
    }

    private static String complaintOf(String expression) {
        var e = catchThrowableOfType(SyntaxException.class, () -> Parser.parse(expression, Set.of()));
        return e == null ? "nothing" : TextPosition.of(expression, e.at()) + ": " + e.reason();
    }

    @Test
    void whatever_is_written_is_read_or_refused_and_nothing_else() {
        ForAll.lists(3000, 25, random -> WORDS.get(random.nextInt(WORDS.size())))
                .check(words -> {
                    String expression = String.join(" ", words);
                    try {
                        Expr expr = Parser.parse(expression, Set.of());
                        String canonical = Formatter.pretty(expr);
                        // As in Prometheus, infinity is written with a sign, which binds looser than a power.
                        if (!canonical.contains("+Inf ^")) {
                            assertThat(Formatter.pretty(Parser.parse(canonical, Set.of())))
                                    .isEqualTo(canonical);
                        }
                    } catch (SyntaxException e) {
                        assertThat(e.at()).isBetween(0, expression.length());
                    }
                });
    }

    @Test
    void random_characters_do_no_harm() {
        ForAll.<String>cases(3000, ParserTest::characters).check(text -> {
            try {
                assertThat(Formatter.line(Parser.parse(text, Set.of()))).isNotEmpty();
            } catch (SyntaxException e) {
                assertThat(e.reason()).isNotBlank();
            }
        });
    }

    private static String characters(SplittableRandom random) {
        var text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }

    @Test
    void nesting_is_bounded() {
        assertThat(complaintOf("(".repeat(100_000))).contains("nested more than 100 levels deep");
        assertThat(complaintOf("-".repeat(50_000) + "1")).contains("nested more than 100 levels deep");
        assertThat(complaintOf("a" + " offset 1m".repeat(2))).contains("offset may not be set multiple times");
        assertThat(complaintOf("2 ^ ".repeat(20_000) + "2")).contains("nested more than 100 levels deep");
        assertThat(complaintOf("(".repeat(90) + "a" + ")".repeat(90))).isEqualTo("nothing");
    }

    @Test
    void length_and_chains_are_bounded() {
        assertThat(complaintOf("a".repeat(Parser.MAX_LENGTH + 1))).contains("longer than 100000 characters");
        assertThat(complaintOf("a" + " + a".repeat(501))).contains("more than 500 operators");
        assertThat(complaintOf("a" + " + a".repeat(500))).isEqualTo("nothing");
    }

    @Test
    void operators_bind_as_in_arithmetic() throws SyntaxException {
        var expr = (Expr.Binary) Parser.parse("a or b and c == d + e * f ^ g ^ h", Set.of());
        var signs = new ArrayList<String>();
        Expr right = expr;
        while (right instanceof Expr.Binary binary) {
            signs.add(binary.operator().sign());
            right = binary.right();
        }

        assertThat(signs).containsExactly("or", "and", "==", "+", "*", "^", "^");
    }

    @Test
    void keywords_are_names_where_only_a_name_can_stand() throws SyntaxException {
        assertThat(Formatter.line(Parser.parse("sum + by * on_disk - offset{by=\"x\", on=\"y\"}", Set.of())))
                .isEqualTo("sum + by * on_disk - offset{by=\"x\",on=\"y\"}");
    }
}
