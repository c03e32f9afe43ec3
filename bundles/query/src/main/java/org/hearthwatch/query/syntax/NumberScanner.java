package org.hearthwatch.query.syntax;

import java.util.Optional;

/**
 * Finds the end of a number or duration: digits with single underscores between them, one point, one exponent,
 * {@code 0x} before hexadecimal digits; and if a unit follows, a duration.
 */
final class NumberScanner {

    private static final String DECIMAL = "0123456789";
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF";

    private final String text;
    private int position;

    NumberScanner(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /** Behind the last character looked at. */
    int position() {
        return position;
    }

    /** What stands here; empty if it is neither. */
    Optional<TokenKind> scan() {
        if (number()) {
            return Optional.of(TokenKind.NUMBER);
        }
        return duration() ? Optional.of(TokenKind.DURATION) : Optional.empty();
    }

    private boolean number() {
        String digits = DECIMAL;
        if (accept("0") && accept("xX")) {
            digits = HEXADECIMAL;
            accept("_");
        }
        accept(".");
        boolean point = false;
        boolean exponent = false;
        while (true) {
            if (run(digits)) {
                continue;
            }
            if (digits.equals(HEXADECIMAL) && accept(".")) {
                return false;
            }
            if (accept(".")) {
                if (point || accept("_.")) {
                    return false;
                }
                point = true;
            } else if (accept("eE")) {
                if (exponent) {
                    return false;
                }
                exponent = true;
                accept("+-");
                if (accept("._eE") || atEnd()) {
                    return false;
                }
            } else if (accept("_")) {
                if (accept("._eE") || atEnd()) {
                    return false;
                }
            } else {
                return atEnd() || !Lexer.isAlphaNumeric(text.charAt(position));
            }
        }
    }

    private boolean duration() {
        if (!accept("smhdwy")) {
            return false;
        }
        accept("s");
        while (run(DECIMAL)) {
            if (!accept("smhdw")) {
                return false;
            }
            accept("s");
        }
        if (atEnd() || !Lexer.isAlphaNumeric(text.charAt(position))) {
            return true;
        }
        position++;
        return false;
    }

    private boolean run(String characters) {
        int from = position;
        while (at(characters)) {
            position++;
        }
        return position > from;
    }

    private boolean accept(String characters) {
        if (!at(characters)) {
            return false;
        }
        position++;
        return true;
    }

    private boolean at(String characters) {
        return !atEnd() && characters.indexOf(text.charAt(position)) >= 0;
    }

    private boolean atEnd() {
        return position >= text.length();
    }
}
