package org.hearthwatch.alert.template;

import org.hearthwatch.alert.text.GoText;

/**
 * A piece of a template.
 *
 * @param at the place of its first character
 * @param line counted from 1
 * @param afterSpace whether white space stands before it, which tells {@code a.b} from {@code a .b}
 */
record Token(Kind kind, String text, int at, int line, boolean afterSpace) {

    enum Kind {
        TEXT,
        LEFT_DELIMITER,
        RIGHT_DELIMITER,
        LEFT_PAREN,
        RIGHT_PAREN,
        PIPE,
        ASSIGN,
        DECLARE,
        COMMA,
        DOT,
        FIELD,
        VARIABLE,
        IDENTIFIER,
        KEYWORD,
        NIL,
        BOOLEAN,
        NUMBER,
        CHARACTER,
        STRING,
        RAW_STRING,
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isKeyword(String word) {
        return kind == Kind.KEYWORD && text.equals(word);
    }

    /** As messages show it. */
    @Override
    public String toString() {
        return switch (kind) {
            case END -> "EOF";
            case KEYWORD -> "<" + text + ">";
            default -> text.length() > 10 ? GoText.quote(text.substring(0, 10)) + "..." : GoText.quote(text);
        };
    }
}
