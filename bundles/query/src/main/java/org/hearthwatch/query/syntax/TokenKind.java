package org.hearthwatch.query.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of words a PromQL expression is made of. */
enum TokenKind {
    END_OF_INPUT(Group.LITERAL, "end of input"),
    IDENTIFIER(Group.LITERAL, "identifier"),
    /** A name with a colon, which can only be a metric's. */
    METRIC_IDENTIFIER(Group.LITERAL, "metric identifier"),
    STRING(Group.LITERAL, "string"),
    NUMBER(Group.LITERAL, "number"),
    DURATION(Group.LITERAL, "duration"),

    LEFT_PAREN(Group.PUNCTUATION, "("),
    RIGHT_PAREN(Group.PUNCTUATION, ")"),
    LEFT_BRACE(Group.PUNCTUATION, "{"),
    RIGHT_BRACE(Group.PUNCTUATION, "}"),
    LEFT_BRACKET(Group.PUNCTUATION, "["),
    RIGHT_BRACKET(Group.PUNCTUATION, "]"),
    COMMA(Group.PUNCTUATION, ","),
    ASSIGN(Group.PUNCTUATION, "="),
    COLON(Group.PUNCTUATION, ":"),

    ADD(Group.OPERATOR, "+"),
    SUBTRACT(Group.OPERATOR, "-"),
    MULTIPLY(Group.OPERATOR, "*"),
    DIVIDE(Group.OPERATOR, "/"),
    MODULO(Group.OPERATOR, "%"),
    POWER(Group.OPERATOR, "^"),
    EQUAL(Group.OPERATOR, "=="),
    NOT_EQUAL(Group.OPERATOR, "!="),
    LESS(Group.OPERATOR, "<"),
    LESS_OR_EQUAL(Group.OPERATOR, "<="),
    GREATER(Group.OPERATOR, ">"),
    GREATER_OR_EQUAL(Group.OPERATOR, ">="),
    MATCHES(Group.OPERATOR, "=~"),
    NOT_MATCHES(Group.OPERATOR, "!~"),
    AT(Group.UNNAMED, "@"),
    AND(Group.OPERATOR, "and"),
    OR(Group.OPERATOR, "or"),
    UNLESS(Group.OPERATOR, "unless"),
    ATAN2(Group.OPERATOR, "atan2"),

    AGGREGATOR(Group.AGGREGATOR, ""),

    OFFSET(Group.KEYWORD, "offset"),
    BY(Group.KEYWORD, "by"),
    WITHOUT(Group.KEYWORD, "without"),
    ON(Group.KEYWORD, "on"),
    IGNORING(Group.KEYWORD, "ignoring"),
    GROUP_LEFT(Group.KEYWORD, "group_left"),
    GROUP_RIGHT(Group.KEYWORD, "group_right"),
    BOOL(Group.KEYWORD, "bool"),

    START(Group.PUNCTUATION, "start"),
    END(Group.PUNCTUATION, "end");

    /** How a message speaks of a token. */
    enum Group {
        LITERAL,
        PUNCTUATION,
        OPERATOR,
        /** One that Prometheus forgot to name; its parser's number stands in. */
        UNNAMED,
        AGGREGATOR,
        KEYWORD
    }

    private static final Map<String, TokenKind> WORDS = new HashMap<>();

    static {
        for (TokenKind kind : values()) {
            if (kind.group != Group.LITERAL && !kind.text.isEmpty() && Character.isLetter(kind.text.charAt(0))) {
                WORDS.put(kind.text, kind);
            }
        }
        for (Aggregator aggregator : Aggregator.values()) {
            WORDS.put(aggregator.word(), AGGREGATOR);
        }
        WORDS.put("inf", NUMBER);
        WORDS.put("nan", NUMBER);
    }

    private final Group group;
    private final String text;

    TokenKind(Group group, String text) {
        this.group = group;
        this.text = text;
    }

    Group group() {
        return group;
    }

    /** The characters of a fixed token, or what a literal is called. */
    String text() {
        return text;
    }

    /** The kind of a word that is no plain name, in any case. */
    static Optional<TokenKind> ofWord(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }
}
