package org.hearthwatch.query.syntax;

/**
 * One word of an expression.
 *
 * @param at index of its first character
 * @param text as it was written
 */
record Token(TokenKind kind, int at, String text) {

    /** The index behind its last character. */
    int end() {
        return at + text.length();
    }

    boolean is(TokenKind other) {
        return kind == other;
    }

    /** As a message names it. */
    String description() {
        return switch (kind.group()) {
            case KEYWORD -> "<" + text + ">";
            case OPERATOR -> "<op:" + text + ">";
            case UNNAMED -> "\"<Item 57400>\" <op:" + text + ">";
            case AGGREGATOR -> "<aggr:" + text + ">";
            case PUNCTUATION -> GoText.quote(text);
            case LITERAL -> kind == TokenKind.END_OF_INPUT ? kind.text() : kind.text() + " " + shortened();
        };
    }

    private String shortened() {
        boolean name = kind == TokenKind.IDENTIFIER || kind == TokenKind.METRIC_IDENTIFIER;
        if (name || text.length() <= 10) {
            return GoText.quote(text);
        }
        return GoText.quote(text.substring(
                        0, text.offsetByCodePoints(0, Math.min(10, text.codePointCount(0, text.length())))))
                + "...";
    }
}
