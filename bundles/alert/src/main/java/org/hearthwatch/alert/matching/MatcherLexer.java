package org.hearthwatch.alert.matching;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.alert.text.Quoted;

/** Takes the newer notation apart. Columns are counted in characters, as in Alertmanager's messages. */
final class MatcherLexer {

    private static final String SIGNS = "{}!=~,\\\"'`";

    /** What a piece of the text is. */
    enum Kind {
        OPEN,
        CLOSE,
        COMMA,
        OPERATOR,
        QUOTED,
        UNQUOTED,
        END
    }

    /** A piece of the text, with the columns it stands between. */
    record Token(Kind kind, String text, int from, int to) {

        /** What it means: without quotes and escapes. */
        String meaning() {
            if (kind != Kind.QUOTED) {
                return text;
            }
            try {
                return Quoted.unescape(text.substring(1, text.length() - 1));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(from + ":" + to + ": " + text + ": invalid input", e);
            }
        }
    }

    private final int[] text;
    private int at;

    private MatcherLexer(String text) {
        this.text = text.codePoints().toArray();
    }

    /** Whether a character may stand in a name or value only within quotes. */
    static boolean isReserved(int c) {
        return isSpace(c) || SIGNS.indexOf(c) >= 0;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** @throws IllegalArgumentException in Alertmanager's words */
    static List<Token> tokens(String text) {
        var lexer = new MatcherLexer(text);
        var tokens = new ArrayList<Token>();
        do {
            tokens.add(lexer.next());
        } while (tokens.get(tokens.size() - 1).kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length && isSpace(text[at])) {
            at++;
        }
        int from = at;
        if (at >= text.length) {
            return new Token(Kind.END, "", from, from);
        }
        int c = text[at];
        switch (c) {
            case '{' -> at++;
            case '}' -> at++;
            case ',' -> at++;
            case '=', '!' -> operator();
            case '"' -> quoted();
            default -> {
                if (isReserved(c)) {
                    throw new IllegalArgumentException(
                            from + ":" + (from + 1) + ": " + Character.toString(c) + ": invalid input");
                }
                while (at < text.length && !isReserved(text[at])) {
                    at++;
                }
            }
        }
        return new Token(kind(c), cut(from), from, at);
    }

    private static Kind kind(int c) {
        return switch (c) {
            case '{' -> Kind.OPEN;
            case '}' -> Kind.CLOSE;
            case ',' -> Kind.COMMA;
            case '=', '!' -> Kind.OPERATOR;
            case '"' -> Kind.QUOTED;
            default -> Kind.UNQUOTED;
        };
    }

    private String cut(int from) {
        return new String(text, from, at - from);
    }

    private void operator() {
        int from = at;
        boolean not = text[at++] == '!';
        if (at < text.length && (text[at] == '~' || (not && text[at] == '='))) {
            at++;
        } else if (not) {
            throw new IllegalArgumentException(
                    at >= text.length
                            ? from + ":" + at + ": unexpected end of input, expected one of '=~'"
                            : from + ":" + at + ": !: expected one of '=~'");
        }
    }

    private void quoted() {
        int from = at++;
        boolean escaped = false;
        while (at < text.length && (escaped || text[at] != '"')) {
            escaped = !escaped && text[at] == '\\';
            at++;
        }
        if (at >= text.length) {
            throw new IllegalArgumentException(from + ":" + at + ": " + cut(from) + ": missing end \"");
        }
        at++;
    }
}
