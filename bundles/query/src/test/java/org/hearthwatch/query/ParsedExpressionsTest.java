package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.SyntaxException;
import org.junit.jupiter.api.Test;

class ParsedExpressionsTest {

    private final ParsedExpressions expressions = new ParsedExpressions(Set.of());

    @Test
    void an_expression_asked_for_again_is_not_parsed_again() throws SyntaxException {
        Expr first = expressions.parsed("sum(rate(x[5m]))");

        assertThat(expressions.parsed("sum(rate(x[5m]))")).isSameAs(first);
        assertThat(expressions.parsed("sum(rate(x[6m]))")).isNotEqualTo(first);
    }

    @Test
    void what_is_no_expression_is_refused_each_time_and_not_kept() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> expressions.parsed("sum(")).isInstanceOf(SyntaxException.class);
        }

        assertThat(expressions.characters()).isZero();
    }

    @Test
    void those_asked_for_longest_ago_are_dropped_where_there_are_too_many() throws SyntaxException {
        Expr used = expressions.parsed("used");
        Expr forgotten = expressions.parsed("forgotten");
        for (int i = 0; i < 5_000; i++) {
            Expr unused = expressions.parsed("a_metric_with_a_long_name_" + i);
            assertThat(expressions.parsed("used")).isSameAs(used).isNotEqualTo(unused);
        }

        assertThat(expressions.characters()).isLessThanOrEqualTo(65_536);
        assertThat(expressions.parsed("forgotten")).isNotSameAs(forgotten);
    }

    @Test
    void a_text_of_great_length_is_not_kept() throws SyntaxException {
        String text = "\"" + "x".repeat(20_000) + "\"";

        assertThat(expressions.parsed(text)).isNotSameAs(expressions.parsed(text));
        assertThat(expressions.characters()).isZero();
    }
}
