package org.hearthwatch.alert.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hearthwatch.alert.template.Token.Kind;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;

/** Cuts a template into tokens. Follows the lexer of Go's {@code text/template/parse}, messages included. */
final class Lexer {

    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", "else", "end", "if", "range", "template", "with");
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";

    private final String name;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private int parens;

    private Lexer(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** All tokens of a template, the last of kind {@link Kind#END}. */
    static List<Token> tokens(String name, String text) throws TemplateException {
        var lexer = new Lexer(name, text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws TemplateException {
        boolean trimmed = false;
        while (true) {
            int open = text.indexOf(LEFT, position);
            String piece = text.substring(position, open < 0 ? text.length() : open);
            int begin = trimmed ? leadingSpace(piece) : 0;
            skipLines(piece.substring(0, begin));
            piece = piece.substring(begin);
            boolean trimsBefore = open >= 0 && trimMarkerAt(open + LEFT.length());
            String shown = trimsBefore ? stripTrailing(piece) : piece;
            if (!shown.isEmpty()) {
                tokens.add(new Token(Kind.TEXT, shown, position + begin, line, false));
            }
            skipLines(piece);
            if (open < 0) {
                position = text.length();
                tokens.add(new Token(Kind.END, "", position, line, false));
                return;
            }
            position = open + LEFT.length() + (trimsBefore ? 2 : 0);
            if (text.startsWith("/*", position)) {
                trimmed = comment();
            } else {
                tokens.add(new Token(Kind.LEFT_DELIMITER, LEFT, open, line, false));
                trimmed = action();
            }
        }
    }

    private boolean comment() throws TemplateException {
        int end = text.indexOf("*/", position + 2);
        if (end < 0) {
            throw error("unclosed comment");
        }
        skipLines(text.substring(position, end));
        position = end + 2;
        boolean trims =
                position + 1 < text.length() && isSpace(text.charAt(position)) && text.charAt(position + 1) == '-';
        if (trims) {
            skipLines(text.substring(position, position + 1));
            position += 2;
        }
        if (!text.startsWith(RIGHT, position)) {
            throw error("comment ends before closing delimiter");
        }
        position += RIGHT.length();
        return trims;
    }

    /** Lexes until the closing delimiter and says whether that one trims what follows. */
    private boolean action() throws TemplateException {
        parens = 0;
        while (true) {
            int before = position;
            while (position < text.length() && isSpace(text.charAt(position))) {
                if (text.startsWith("-" + RIGHT, position + 1)) {
                    break;
                }
                position++;
            }
            skipLines(text.substring(before, position));
            boolean space = position > before;
            boolean trims = position < text.length()
                    && isSpace(text.charAt(position))
                    && text.startsWith("-" + RIGHT, position + 1);
            if (trims || text.startsWith(RIGHT, position)) {
                if (parens > 0) {
                    throw error("unclosed left paren");
                }
                int start = position;
                if (trims) {
                    skipLines(text.substring(position, position + 1));
                    position += 2;
                }
                position += RIGHT.length();
                tokens.add(new Token(Kind.RIGHT_DELIMITER, RIGHT, start, line, space || trims));
                return trims;
            }
            if (position >= text.length()) {
                throw error("unclosed action");
            }
            token(space);
        }
    }

    private void token(boolean space) throws TemplateException {
        int start = position;
        int c = text.codePointAt(position);
        switch (c) {
            case '=' -> add(Kind.ASSIGN, start, start + 1, space);
            case ':' -> {
                if (!text.startsWith(":=", start)) {
                    throw error("expected :=");
                }
                add(Kind.DECLARE, start, start + 2, space);
            }
            case '|' -> add(Kind.PIPE, start, start + 1, space);
            case ',' -> add(Kind.COMMA, start, start + 1, space);
            case '(' -> {
                parens++;
                add(Kind.LEFT_PAREN, start, start + 1, space);
            }
            case ')' -> {
                parens--;
                if (parens < 0) {
                    throw error("unexpected right paren");
                }
                add(Kind.RIGHT_PAREN, start, start + 1, space);
            }
            case '"' -> add(Kind.STRING, start, closing('"', "unterminated quoted string"), space);
            case '\'' -> add(Kind.CHARACTER, start, closing('\'', "unterminated character constant"), space);
            case '`' -> {
                int end = text.indexOf('`', start + 1);
                if (end < 0) {
                    throw error("unterminated raw quoted string");
                }
                add(Kind.RAW_STRING, start, end + 1, space);
            }
            case '$' -> word(Kind.VARIABLE, space);
            case '.' -> {
                if (start + 1 < text.length() && isDigit(text.charAt(start + 1))) {
                    number(space);
                } else {
                    word(Kind.FIELD, space);
                }
            }
            default -> {
                if (c == '+' || c == '-' || isDigit(c)) {
                    number(space);
                } else if (isAlphaNumeric(c)) {
                    word(Kind.IDENTIFIER, space);
                } else {
                    throw error("unrecognized character in action: " + named(c));
                }
            }
        }
    }

    private int closing(char quote, String complaint) throws TemplateException {
        for (int i = position + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i + 1;
            }
        }
        throw error(complaint);
    }

    private void word(Kind kind, boolean space) throws TemplateException {
        int end = wordEnd(kind == Kind.IDENTIFIER ? position : position + 1);
        String word = text.substring(position, end);
        if (end < text.length() && !endsWord(text.charAt(end))) {
            throw error("bad character " + named(text.codePointAt(end)));
        }
        Kind found = kind;
        if (kind == Kind.FIELD && word.length() == 1) {
            found = Kind.DOT;
        } else if (kind == Kind.IDENTIFIER) {
            found = KEYWORDS.contains(word)
                    ? Kind.KEYWORD
                    : switch (word) {
                        case "true", "false" -> Kind.BOOLEAN;
                        case "nil" -> Kind.NIL;
                        default -> Kind.IDENTIFIER;
                    };
        }
        add(found, position, end, space);
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && isAlphaNumeric(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private boolean endsWord(char c) {
        return isSpace(c) || ".,|:()=}".indexOf(c) >= 0;
    }

    private void number(boolean space) throws TemplateException {
        int end = position;
        if (text.charAt(end) == '+' || text.charAt(end) == '-') {
            end++;
        }
        boolean hexadecimal = text.startsWith("0x", end) || text.startsWith("0X", end);
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean exponentSign = (c == '+' || c == '-')
                    && (hexadecimal ? "pP" : "eE").indexOf(text.charAt(end - 1)) >= 0
                    && end > position;
            if (!exponentSign && c != '.' && !isAlphaNumeric(c)) {
                break;
            }
            end++;
        }
        String number = text.substring(position, end);
        if (GoNumber.tryParseInteger(number).isEmpty()
                && GoNumber.tryParse(number.replace("_", "")).isEmpty()) {
            throw error("bad number syntax: " + GoText.quote(number));
        }
        add(Kind.NUMBER, position, end, space);
    }

    private void add(Kind kind, int start, int end, boolean space) {
        String piece = text.substring(start, end);
        tokens.add(new Token(kind, piece, start, line, space));
        skipLines(piece);
        position = end;
    }

    private void skipLines(String piece) {
        line += (int) piece.chars().filter(c -> c == '\n').count();
    }

    private boolean trimMarkerAt(int at) {
        return at + 1 < text.length() && text.charAt(at) == '-' && isSpace(text.charAt(at + 1));
    }

    private static int leadingSpace(String piece) {
        int length = 0;
        while (length < piece.length() && isSpace(piece.charAt(length))) {
            length++;
        }
        return length;
    }

    private static String stripTrailing(String piece) {
        int end = piece.length();
        while (end > 0 && isSpace(piece.charAt(end - 1))) {
            end--;
        }
        return piece.substring(0, end);
    }

    private TemplateException error(String message) {
        return new TemplateException("template: " + name + ":" + line + ": " + message);
    }

    private static String named(int c) {
        return String.format("U+%04X %s", c, GoText.quote(c));
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphaNumeric(int c) {
        return c == '_' || Character.isLetter(c) || Character.isDigit(c);
    }
}
