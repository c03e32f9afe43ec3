package org.hearthwatch.query.syntax;

import java.util.Optional;

/**
 * Cuts an expression into tokens, one at a time so that a complaint about a later character never hides one about an
 * earlier. What counts as a word depends on where it stands: names keep their keywords' meaning outside braces only, and
 * brackets hold nothing but durations. Follows the lexer of Prometheus 3.5, messages included. Not thread-safe.
 */
final class Lexer {

    private static final int END = -1;

    private final String text;
    private int position;
    private int start;
    private int parens;
    private boolean braces;
    private boolean brackets;
    private boolean bracketStart;
    private boolean colonSeen;
    private boolean durationSeen;

    Lexer(String text) {
        this.text = text;
    }

    /** The next token; at the end, and ever after, one of kind {@link TokenKind#END_OF_INPUT}. */
    Token next() throws SyntaxException {
        skipBlanksAndComments();
        start = position;
        if (braces) {
            return insideBraces();
        }
        return brackets && bracketStart ? insideBrackets() : outside();
    }

    private void skipBlanksAndComments() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '#' && !(brackets && bracketStart)) {
                while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
                    position++;
                }
            } else if (isBlank(c)) {
                position++;
            } else {
                return;
            }
        }
    }

    private Token outside() throws SyntaxException {
        int c = take();
        return switch (c) {
            case END -> end();
            case ',' -> token(TokenKind.COMMA);
            case '*' -> token(TokenKind.MULTIPLY);
            case '/' -> token(TokenKind.DIVIDE);
            case '%' -> token(TokenKind.MODULO);
            case '+' -> token(TokenKind.ADD);
            case '-' -> token(TokenKind.SUBTRACT);
            case '^' -> token(TokenKind.POWER);
            case '=' -> equals();
            case '!' -> bang();
            case '<' -> token(accept('=') ? TokenKind.LESS_OR_EQUAL : TokenKind.LESS);
            case '>' -> token(accept('=') ? TokenKind.GREATER_OR_EQUAL : TokenKind.GREATER);
            case '"', '\'' -> string(c);
            case '`' -> rawString();
            case '(' -> open();
            case ')' -> close();
            case '{' -> {
                braces = true;
                yield token(TokenKind.LEFT_BRACE);
            }
            case '[' -> openBracket();
            case ']' -> closeBracket();
            case '@' -> token(TokenKind.AT);
            default -> word(c);
        };
    }

    private Token end() throws SyntaxException {
        if (parens != 0) {
            throw error("unclosed left parenthesis");
        }
        if (brackets) {
            throw error("unclosed left bracket");
        }
        return token(TokenKind.END_OF_INPUT);
    }

    private Token equals() throws SyntaxException {
        if (accept('=')) {
            return token(TokenKind.EQUAL);
        }
        if (peek() == '~') {
            throw error("unexpected character after '=': '~'");
        }
        return token(TokenKind.ASSIGN);
    }

    private Token bang() throws SyntaxException {
        int next = take();
        if (next != '=') {
            throw error("unexpected character after '!': " + shown(next));
        }
        return token(TokenKind.NOT_EQUAL);
    }

    private Token open() {
        parens++;
        return token(TokenKind.LEFT_PAREN);
    }

    private Token close() throws SyntaxException {
        parens--;
        if (parens < 0) {
            start = position;
            throw error("unexpected right parenthesis ')'");
        }
        return token(TokenKind.RIGHT_PAREN);
    }

    private Token openBracket() throws SyntaxException {
        if (brackets) {
            throw error("unexpected left bracket '['");
        }
        brackets = true;
        bracketStart = true;
        colonSeen = false;
        return token(TokenKind.LEFT_BRACKET);
    }

    private Token closeBracket() throws SyntaxException {
        if (!brackets) {
            throw error("unexpected right bracket ']'");
        }
        brackets = false;
        return token(TokenKind.RIGHT_BRACKET);
    }

    private Token word(int c) throws SyntaxException {
        if (isDigit(c) || (c == '.' && isDigit(peek()))) {
            position = start;
            return number();
        }
        if (isAlpha(c) || c == ':') {
            // In brackets Prometheus takes any letter for the colon.
            return brackets ? colon(c) : keywordOrName();
        }
        throw error("unexpected character: " + shown(c));
    }

    private Token colon(int c) throws SyntaxException {
        if (colonSeen) {
            throw error("unexpected colon " + shown(c));
        }
        colonSeen = true;
        return token(TokenKind.COLON);
    }

    private Token keywordOrName() {
        while (isAlphaNumeric(peek()) || peek() == ':') {
            position++;
        }
        String word = text.substring(start, position);
        Optional<TokenKind> kind = TokenKind.ofWord(word);
        return token(kind.orElse(word.indexOf(':') < 0 ? TokenKind.IDENTIFIER : TokenKind.METRIC_IDENTIFIER));
    }

    /** Until the first number, a bracket holds signs, operators and parentheses only. */
    private Token insideBrackets() throws SyntaxException {
        int c = take();
        return switch (c) {
            case END -> throw error("unexpected end of input in duration expression");
            case ']' -> closeBracket();
            case '(' -> open();
            case ')' -> close();
            case '+' -> token(TokenKind.ADD);
            case '-' -> token(TokenKind.SUBTRACT);
            case '*' -> token(TokenKind.MULTIPLY);
            case '/' -> token(TokenKind.DIVIDE);
            case '%' -> token(TokenKind.MODULO);
            case '^' -> token(TokenKind.POWER);
            case ':' -> {
                if (!durationSeen) {
                    start = position;
                    throw error("unexpected colon before duration in duration expression");
                }
                yield colon(c);
            }
            default -> {
                if (isDigit(c) || (c == '.' && isDigit(peek()))) {
                    position = start;
                    bracketStart = false;
                    durationSeen = true;
                    yield number();
                }
                throw error("unexpected character in duration expression: " + shown(c));
            }
        };
    }

    private Token insideBraces() throws SyntaxException {
        int c = take();
        return switch (c) {
            case END -> throw error("unexpected end of input inside braces");
            case ',' -> token(TokenKind.COMMA);
            case '"', '\'' -> string(c);
            case '`' -> rawString();
            case '=' -> token(accept('~') ? TokenKind.MATCHES : TokenKind.ASSIGN);
            case '!' -> {
                int next = take();
                yield switch (next) {
                    case '~' -> token(TokenKind.NOT_MATCHES);
                    case '=' -> token(TokenKind.NOT_EQUAL);
                    default -> throw error("unexpected character after '!' inside braces: " + shown(next));
                };
            }
            case '{' -> throw error("unexpected left brace '{'");
            case '}' -> {
                braces = false;
                yield token(TokenKind.RIGHT_BRACE);
            }
            default -> {
                if (!isAlpha(c)) {
                    throw error("unexpected character inside braces: " + shown(c));
                }
                while (isAlphaNumeric(peek())) {
                    position++;
                }
                yield token(TokenKind.IDENTIFIER);
            }
        };
    }

    private Token number() throws SyntaxException {
        var scanner = new NumberScanner(text, position);
        Optional<TokenKind> kind = scanner.scan();
        position = scanner.position();
        if (kind.isEmpty()) {
            throw error("bad number or duration syntax: " + GoText.quote(text.substring(start, position)));
        }
        return token(kind.get());
    }

    private Token string(int quote) throws SyntaxException {
        while (true) {
            int c = take();
            if (c == quote) {
                return token(TokenKind.STRING);
            }
            switch (c) {
                case '\\' -> escape(quote);
                case 0xfffd -> throw error("invalid UTF-8 rune");
                case END, '\n' -> throw error("unterminated quoted string");
                default -> {
                    // an ordinary character
                }
            }
        }
    }

    private Token rawString() throws SyntaxException {
        while (true) {
            switch (take()) {
                case '`' -> {
                    return token(TokenKind.STRING);
                }
                case 0xfffd -> throw error("invalid UTF-8 rune");
                case END -> throw error("unterminated raw string");
                default -> {
                    // an ordinary character
                }
            }
        }
    }

    private void escape(int quote) throws SyntaxException {
        int c = take();
        if (c == quote) {
            return;
        }
        switch (c) {
            case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {
                // one character
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                position--;
                digits(3, 8, 0xff);
            }
            case 'x' -> digits(2, 16, 0xff);
            case 'u' -> digits(4, 16, Character.MAX_CODE_POINT);
            case 'U' -> digits(8, 16, Character.MAX_CODE_POINT);
            case END -> throw error("escape sequence not terminated");
            default -> throw error("unknown escape sequence " + named(c));
        }
    }

    private void digits(int count, int base, int limit) throws SyntaxException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int c = take();
            int digit = c == END || c > 'f' ? -1 : Character.digit(c, base);
            if (c == END) {
                throw error("escape sequence not terminated");
            }
            if (digit < 0) {
                throw error("illegal character " + named(c) + " in escape sequence");
            }
            value = value * base + digit;
        }
        if (value > limit || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw error("escape sequence is an invalid Unicode code point");
        }
    }

    private Token token(TokenKind kind) {
        return new Token(kind, start, text.substring(start, position));
    }

    private SyntaxException error(String message) {
        return new SyntaxException(start, message);
    }

    /** The next character, which a lone surrogate is not: it stands for broken UTF-8. */
    private int take() {
        if (position >= text.length()) {
            return END;
        }
        int c = text.codePointAt(position);
        position += Character.charCount(c);
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c;
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        position++;
        return true;
    }

    private static String shown(int c) {
        return GoText.quote(c == END ? 0xfffd : c);
    }

    private static String named(int c) {
        return String.format("U+%04X", c) + (GoText.printable(c) ? " '" + Character.toString(c) + "'" : "");
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlpha(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isAlphaNumeric(int c) {
        return isAlpha(c) || isDigit(c);
    }
}
