package org.hearthwatch.alert.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Floating-point numbers read and written as Go's {@code strconv} does. */
public final class GoNumber {

    /** The precision that stands for as many digits as are needed to read the same number back. */
    public static final int SHORTEST = -1;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEXADECIMAL =
            Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)([pP][+-]?\\d+)?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?(0[xXbBoO]_?)?[0-9a-fA-F]+(_[0-9a-fA-F]+)*");

    private GoNumber() {}

    /** As {@code ParseFloat}: decimal or hexadecimal, {@code Inf} and {@code NaN} in any case. */
    public static OptionalDouble tryParse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        var hexadecimal = HEXADECIMAL.matcher(text);
        if (hexadecimal.matches() && hexadecimal.group(3) != null) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
        };
    }

    /** As {@code ParseInt} with base 0: decimal, or with a prefix for another base; underscores between digits. */
    public static OptionalLong tryParseInteger(String text) {
        if (!GROUPED.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int base = 10;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            base = switch (Character.toLowerCase(digits.charAt(1))) {
                case 'x' -> 16;
                case 'b' -> 2;
                default -> 8;
            };
            digits = digits.substring(Character.isDigit(digits.charAt(1)) ? 1 : 2);
        }
        try {
            var value = new BigInteger(negative ? "-" + digits : digits, base);
            return value.bitLength() < Long.SIZE ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * As {@code FormatFloat}.
     *
     * @param verb one of {@code e E f F g G}
     * @param precision digits after the point, or significant ones for {@code g}; {@link #SHORTEST}
     */
    public static String format(double value, char verb, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double magnitude = Math.abs(value);
        String digits = switch (verb) {
            case 'e', 'E' -> scientific(magnitude, precision);
            case 'f', 'F' -> plain(magnitude, precision);
            default -> general(magnitude, precision);
        };
        return sign + (Character.isUpperCase(verb) ? digits.toUpperCase(Locale.ROOT) : digits);
    }

    private static String plain(double value, int precision) {
        if (precision != SHORTEST) {
            return new BigDecimal(value)
                    .setScale(precision, RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(value);
        return (shortest.scale() < 0 ? shortest.setScale(0) : shortest).toPlainString();
    }

    private static String scientific(double value, int precision) {
        if (value == 0) {
            return (precision > 0 ? "0." + "0".repeat(precision) : "0") + "e+00";
        }
        BigDecimal rounded = precision == SHORTEST
                ? shortest(value)
                : new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        if (precision != SHORTEST && digits.length() < precision + 1) {
            digits += "0".repeat(precision + 1 - digits.length());
        }
        return exponential(digits, exponent);
    }

    private static String exponential(String digits, int exponent) {
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    private static String general(double value, int precision) {
        if (value == 0) {
            return "0";
        }
        int wanted = precision == 0 ? 1 : precision;
        BigDecimal rounded = (precision == SHORTEST
                        ? shortest(value)
                        : new BigDecimal(value).round(new MathContext(wanted, RoundingMode.HALF_EVEN)))
                .stripTrailingZeros();
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        if (exponent < -4 || exponent >= (precision == SHORTEST ? 6 : wanted)) {
            return exponential(digits, exponent);
        }
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
    }

    /** The fewest digits that read back as the same number; {@code Double.toString} may give one too many. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        for (int precision = printed.precision() - 1; precision > 0; precision--) {
            BigDecimal shorter = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != value) {
                break;
            }
            printed = shorter.stripTrailingZeros();
        }
        return printed;
    }
}
