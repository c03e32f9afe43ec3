package org.hearthwatch.query.syntax;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers and texts written as Prometheus writes them, which is as the Go language does: messages, the canonical layout
 * of expressions and label values made from numbers depend on it.
 */
public final class GoText {

    private GoText() {}

    /** In double quotes, with everything escaped that does not print. */
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case 0x07 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 0x0b -> quoted.append("\\v");
                default -> quoted.append(printable(c) ? Character.toString(c) : escape(c));
            }
        });
        return quoted.append('"').toString();
    }

    /** In single quotes, as a character is shown. */
    static String quote(int codePoint) {
        return switch (codePoint) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            default -> {
                String text = quote(Character.toString(codePoint));
                yield "'" + text.substring(1, text.length() - 1) + "'";
            }
        };
    }

    /** Whether it is shown as it is; of blanks, the plain one alone. */
    static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static String escape(int c) {
        if (c < 0x80 || RawBytes.isRaw(c)) {
            return String.format(Locale.ROOT, "\\x%02x", c & 0xff);
        }
        return String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
    }

    /** The shortest decimal that reads back as the same number, never with an exponent. */
    public static String plain(double value) {
        return special(value) ? word(value) : sign(value) + shortest(value).toPlainString();
    }

    /** The nearest decimal with six places, never with an exponent. */
    public static String sixPlaces(double value) {
        return special(value)
                ? word(value)
                : sign(value)
                        + new BigDecimal(Math.abs(value))
                                .setScale(6, RoundingMode.HALF_EVEN)
                                .toPlainString();
    }

    /** The shortest decimal that reads back as the same number, with an exponent below 1e-4 and from 1e+21 on. */
    public static String general(double value) {
        return general(value, 21);
    }

    /** As {@link #general(double)}, with an exponent from 1e+06 on. */
    public static String compact(double value) {
        return general(value, 6);
    }

    private static String general(double value, int limit) {
        if (special(value)) {
            return word(value);
        }
        BigDecimal number = shortest(value);
        int exponent = number.precision() - number.scale() - 1;
        if (number.signum() == 0 || (exponent >= -4 && exponent < limit)) {
            return sign(value) + number.toPlainString();
        }
        String digits = number.stripTrailingZeros().unscaledValue().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign(value)
                + mantissa
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static boolean special(double value) {
        return Double.isNaN(value) || Double.isInfinite(value);
    }

    private static String word(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    /** Without trailing zeros and without sign. {@code Double.toString} may give a digit too many before Java 19. */
    private static BigDecimal shortest(double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0) {
            return BigDecimal.ZERO;
        }
        var exact = new BigDecimal(magnitude);
        BigDecimal best = new BigDecimal(Double.toString(magnitude));
        for (int digits = best.precision() - 1; digits >= 1; digits--) {
            BigDecimal fewer = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (fewer.doubleValue() != magnitude) {
                break;
            }
            best = fewer;
        }
        BigDecimal stripped = best.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 21 ? stripped.setScale(0) : stripped;
    }
}
