package org.hearthwatch.prometheus.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes a selector apart into words, strings and signs, and says in Prometheus' words what is none of them. */
final class SelectorLexer {

    private static final String KEYWORDS =
            " and or unless atan2 offset by without on ignoring group_left group_right bool ";

    private final String text;
    private int at;

    SelectorLexer(String text) {
        this.text = text;
    }

    /** What a piece of the text is. */
    enum Kind {
        WORD,
        STRING,
        SIGN,
        END
    }

    /**
     * A piece of the text.
     *
     * @param raw as it stands there
     * @param value of a string, what it means
     * @param from where it begins
     */
    record Token(Kind kind, String raw, String value, int from) {

        boolean is(String sign) {
            return kind == Kind.SIGN && raw.equals(sign);
        }

        /** As Prometheus calls it in its messages. */
        String described() {
            return switch (kind) {
                case END -> "end of input";
                case WORD -> KEYWORDS.contains(" " + raw + " ") ? "<" + raw + ">" : "identifier " + GoText.quoted(raw);
                case STRING -> "string " + shortened();
                case SIGN -> "=,{}[]():".contains(raw) ? GoText.quoted(raw) : described(raw);
            };
        }

        private static String described(String sign) {
            char first = sign.charAt(0);
            if ((first >= '0' && first <= '9') || Character.isLetter(first) || first == '.') {
                String unit = sign.substring(sign.length() - 1);
                boolean duration = "smhdwy".contains(unit) && Character.isDigit(first);
                return (duration ? "duration " : "number ") + GoText.quoted(sign);
            }
            // Prometheus forgot to name this one.
            return (sign.equals("@") ? "\"<Item 57400>\" " : "") + "<op:" + sign + ">";
        }

        private String shortened() {
            return raw.length() > 10 ? GoText.quoted(raw.substring(0, 10)) + "..." : GoText.quoted(raw);
        }
    }

    /** Outside of braces. */
    Token next() {
        space();
        int from = at;
        if (at >= text.length()) {
            return end();
        }
        char c = text.charAt(at);
        if (isWordStart(c) || c == ':') {
            while (at < text.length() && (isWordPart(text.charAt(at)) || text.charAt(at) == ':')) {
                at++;
            }
            String word = text.substring(from, at);
            boolean number = word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("nan");
            return new Token(number ? Kind.SIGN : Kind.WORD, word, word, from);
        }
        if (c == '"' || c == '\'' || c == '`') {
            return string();
        }
        if (isDigit(c) || c == '.') {
            return number();
        }
        if ("{[(),:+-*/%^@".indexOf(c) >= 0) {
            return sign(1);
        }
        if (c == '=' || c == '!' || c == '<' || c == '>') {
            int after = at + 1 < text.length() ? text.codePointAt(at + 1) : Character.MAX_VALUE;
            if ((c == '=' && after == '~') || (c == '!' && after != '=')) {
                throw refused(from, "unexpected character after '" + c + "': " + GoText.quoted(after));
            }
            return sign(after == '=' ? 2 : 1);
        }
        throw refused(from, "unexpected character: " + GoText.quoted(text.codePointAt(at)));
    }

    /** Within braces. */
    Token inside() {
        space();
        int from = at;
        if (at >= text.length()) {
            throw refused(from, "unexpected end of input inside braces");
        }
        char c = text.charAt(at);
        if (isWordStart(c)) {
            while (at < text.length() && isWordPart(text.charAt(at))) {
                at++;
            }
            return new Token(Kind.WORD, text.substring(from, at), text.substring(from, at), from);
        }
        return switch (c) {
            case ',', '}' -> sign(1);
            case '{' -> throw refused(from, "unexpected left brace '{'");
            case '"', '\'', '`' -> string();
            case '=' -> sign(text.startsWith("=~", at) ? 2 : 1);
            case '!' -> {
                if (text.startsWith("!=", at) || text.startsWith("!~", at)) {
                    yield sign(2);
                }
                at++;
                throw at >= text.length()
                        ? refused(at, "unexpected end of input inside braces")
                        : refused(
                                from,
                                "unexpected character after '!' inside braces: " + GoText.quoted(text.codePointAt(at)));
            }
            default ->
                throw refused(from, "unexpected character inside braces: " + GoText.quoted(text.codePointAt(at)));
        };
    }

    Token end() {
        return new Token(Kind.END, "", "", at);
    }

    /** A refusal that says where; an empty text has no place. */
    IllegalArgumentException refused(int place, String message) {
        if (text.isEmpty()) {
            return new IllegalArgumentException("unknown position: parse error: " + message);
        }
        int line = 1;
        int column = 1;
        for (int i = 0; i < place; i++) {
            char c = text.charAt(i);
            // Columns are bytes of UTF-8; half of a pair makes two.
            column += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (c == '\n') {
                line++;
                column = 1;
            }
        }
        return new IllegalArgumentException(line + ":" + column + ": parse error: " + message);
    }

    private Token sign(int length) {
        int from = at;
        at += length;
        return new Token(Kind.SIGN, text.substring(from, at), "", from);
    }

    private Token number() {
        int from = at;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        int digits = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        String whole = text.substring(from, at);
        if (!whole.matches("[0-9.]+([eE][0-9]+)?|0[xX][0-9a-fA-F]+|([0-9]+(ms|[smhdwy]))+")) {
            throw refused(from, "bad number or duration syntax: " + GoText.quoted(text.substring(from, digits)));
        }
        return new Token(Kind.SIGN, whole, "", from);
    }

    private Token string() {
        int from = at;
        char quote = text.charAt(at++);
        var value = new ByteArrayOutputStream();
        while (true) {
            if (at >= text.length() || (text.charAt(at) == '\n' && quote != '`')) {
                throw refused(from, quote == '`' ? "unterminated raw string" : "unterminated quoted string");
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == quote) {
                break;
            }
            if (c == '\\' && quote != '`') {
                escape(value, quote, from);
            } else {
                append(value, c);
            }
        }
        return new Token(Kind.STRING, text.substring(from, at), value.toString(StandardCharsets.UTF_8), from);
    }

    /** The escapes of a Go string. */
    private void escape(ByteArrayOutputStream into, char quote, int from) {
        int c = at < text.length() ? text.codePointAt(at) : -1;
        at += c < 0 ? 0 : Character.charCount(c);
        switch (c) {
            case -1 -> throw refused(from, "escape sequence not terminated");
            case 'n' -> into.write('\n');
            case 't' -> into.write('\t');
            case 'r' -> into.write('\r');
            case 'a' -> into.write(0x07);
            case 'b' -> into.write('\b');
            case 'f' -> into.write('\f');
            case 'v' -> into.write(0x0b);
            case '\\' -> into.write('\\');
            case 'x' -> into.write(digits(2, 16, from));
            case 'u' -> append(into, digits(4, 16, from));
            case 'U' -> append(into, digits(8, 16, from));
            default -> {
                if (c >= '0' && c <= '7') {
                    at--;
                    into.write(digits(3, 8, from));
                } else if (c == quote) {
                    into.write(quote);
                } else {
                    throw refused(from, "unknown escape sequence " + named(c));
                }
            }
        }
    }

    private int digits(int count, int base, int from) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            if (at >= text.length()) {
                throw refused(from, "escape sequence not terminated");
            }
            int c = text.codePointAt(at);
            int digit = c < 0x80 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                throw refused(from, "illegal character " + named(c) + " in escape sequence");
            }
            number = number * base + digit;
            at++;
        }
        if (number > Character.MAX_CODE_POINT || (count > 3 && number >= 0xd800 && number < 0xe000)) {
            throw refused(from, "escape sequence is an invalid Unicode code point");
        }
        return (int) number;
    }

    private static String named(int c) {
        return String.format(Locale.ROOT, "U+%04X ", c) + GoText.quoted(c);
    }

    private static void append(ByteArrayOutputStream into, int codePoint) {
        into.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private void space() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }
}
