package org.hearthwatch.prometheus.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and truth values as Go reads them, and texts as its messages quote them. */
final class GoText {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern SEPARATED = Pattern.compile("([0-9])_(?=[0-9])");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

    /** Longer ones are nobody's. */
    private static final int LONGEST = 400;

    /** With fewer none is too large for a double. */
    private static final int DIGITS_OF_ANY_DOUBLE = 300;

    private GoText() {}

    /** A number of {@code strconv.ParseFloat}; empty for what it refuses. */
    static Optional<Double> number(String written) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        if (isPlain(written)) {
            return Optional.of(Double.parseDouble(written));
        }
        String text = SEPARATED.matcher(written).replaceAll("$1");
        if (NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
        }
        String word = text.toLowerCase(Locale.ROOT);
        boolean negative = word.startsWith("-");
        return switch (negative || word.startsWith("+") ? word.substring(1) : word) {
            case "inf", "infinity" -> Optional.of(negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            case "nan" -> word.equals("nan") ? Optional.of(Double.NaN) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether a text is digits with at most one point, as nearly all numbers of requests are. */
    private static boolean isPlain(String text) {
        int points = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else {
                return false;
            }
        }
        return digits > 0 && digits <= DIGITS_OF_ANY_DOUBLE && points <= 1;
    }

    /**
     * A whole number of {@code strconv.ParseInt}.
     *
     * @throws NumberFormatException saying why not, as Go does
     */
    static long whole(String function, String text) {
        boolean whole = text.length() <= LONGEST && WHOLE.matcher(text).matches();
        if (whole) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new NumberFormatException(
                        "strconv." + function + ": parsing " + quoted(text) + ": value out of range");
            }
        }
        throw new NumberFormatException("strconv." + function + ": parsing " + quoted(text) + ": invalid syntax");
    }

    /**
     * A truth value of {@code strconv.ParseBool}.
     *
     * @throws IllegalArgumentException saying why not, as Go does
     */
    static boolean bool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default ->
                throw new IllegalArgumentException("strconv.ParseBool: parsing " + quoted(text) + ": invalid syntax");
        };
    }

    /** A text in quotes, with what cannot be printed escaped: the {@code %q} of Go's {@code fmt}. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quote(c, '"', quoted));
        return quoted.append('"').toString();
    }

    /** A character in single quotes: the {@code %q} of a rune. */
    static String quoted(int character) {
        var quoted = new StringBuilder("'");
        quote(character, '\'', quoted);
        return quoted.append('\'').toString();
    }

    private static void quote(int c, char mark, StringBuilder into) {
        switch (c) {
            case '\\' -> into.append("\\\\");
            case '\n' -> into.append("\\n");
            case '\r' -> into.append("\\r");
            case '\t' -> into.append("\\t");
            case '\b' -> into.append("\\b");
            case '\f' -> into.append("\\f");
            case 0x07 -> into.append("\\a");
            case 0x0b -> into.append("\\v");
            default -> {
                if (c == mark) {
                    into.append('\\').append(mark);
                } else if (c < ' ' || c == 0x7f) {
                    into.append(String.format(Locale.ROOT, "\\x%02x", c));
                } else if (Character.isISOControl(c) || !Character.isDefined(c)) {
                    into.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
                } else {
                    into.appendCodePoint(c);
                }
            }
        }
    }
}
