package org.hearthwatch.query.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class TreeJsonTest {

    private static String tree(String expression) throws SyntaxException {
        return TreeJson.of(Parser.parse(expression, EnumSet.noneOf(Feature.class)));
    }

    @Test
    void shows_a_selector_with_its_matchers_and_where_it_looks() throws SyntaxException {
        assertThat(tree("up{job=~\"a\\\"b\"} offset -5m @ 1.5"))
                .isEqualTo("{\"matchers\":[{\"name\":\"job\",\"type\":\"=~\",\"value\":\"a\\\"b\"},"
                        + "{\"name\":\"__name__\",\"type\":\"=\",\"value\":\"up\"}],\"name\":\"up\","
                        + "\"offset\":-300000,\"startOrEnd\":null,\"timestamp\":1500,\"type\":\"vectorSelector\"}");
    }

    @Test
    void shows_a_call_with_its_signature() throws SyntaxException {
        assertThat(tree("rate(up[1m])"))
                .startsWith("{\"args\":[{\"matchers\":")
                .contains("\"range\":60000")
                .endsWith("],\"func\":{\"argTypes\":[\"matrix\"],\"name\":\"rate\",\"returnType\":\"vector\","
                        + "\"variadic\":0},\"type\":\"call\"}");
    }

    @Test
    void shows_matching_between_vectors_only() throws SyntaxException {
        assertThat(tree("a * on (b) group_left (c) d"))
                .contains("\"matching\":{\"card\":\"many-to-one\",\"include\":[\"c\"],\"labels\":[\"b\"],\"on\":true}");
        assertThat(tree("1 + 1")).contains("\"matching\":null").contains("{\"type\":\"numberLiteral\",\"val\":\"1\"}");
    }

    @Test
    void shows_aggregations_subqueries_signs_and_texts() throws SyntaxException {
        assertThat(tree("sum without (a) (-max_over_time((b)[5m:1m] @ end()))"))
                .contains("\"grouping\":[\"a\"],\"op\":\"sum\",\"param\":null")
                .contains("\"type\":\"aggregation\",\"without\":true")
                .contains("\"op\":\"-\",\"type\":\"unaryExpr\"")
                .contains("\"type\":\"parenExpr\"")
                .contains("\"offset\":0,\"range\":300000,\"startOrEnd\":\"end\",\"step\":60000,\"timestamp\":null");
        assertThat(tree("'a\tb'")).isEqualTo("{\"type\":\"stringLiteral\",\"val\":\"a\\u0009b\"}");
    }
}
