package org.hearthwatch.query.syntax;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What the literals that the lexer let through mean. */
final class Literals {

    /** Go's durations are nanoseconds in 64 bits; no length of time may be longer. */
    static final double LONGEST_SECONDS = 0x1p63 / 1e9;

    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern STRAY_UNDERSCORE = Pattern.compile("_(?![\\da-fA-F])|(?<![\\da-fA-FxX])_");
    private static final Pattern DECIMAL = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final List<String> UNITS = List.of("y", "w", "d", "h", "m", "s", "ms");
    private static final List<BigInteger> UNIT_MILLIS = LongStream.of(
                    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L)
            .mapToObj(BigInteger::valueOf)
            .toList();
    private static final BigInteger LONGEST_MILLIS = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000);
    private static final Pattern PART = Pattern.compile("(\\d*)(\\D*)");

    private Literals() {}

    /** The value of a number: decimal, {@code 0x} hexadecimal, octal with a leading zero, {@code inf}, {@code nan}. */
    static double number(Token token) throws SyntaxException {
        if (STRAY_UNDERSCORE.matcher(token.text()).find()) {
            throw unreadable(token, "invalid syntax");
        }
        String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
        Optional<BigInteger> whole = Optional.empty();
        if (digits.startsWith("0x") && digits.length() > 2) {
            whole = Optional.of(new BigInteger(digits.substring(2), 16));
        } else if (OCTAL.matcher(digits).matches()) {
            whole = Optional.of(new BigInteger(digits, 8));
        }
        if (whole.isPresent() && whole.get().bitLength() < Long.SIZE) {
            return whole.get().doubleValue();
        }
        return switch (digits) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                if (!DECIMAL.matcher(digits).matches()) {
                    throw unreadable(token, "invalid syntax");
                }
                double value = Double.parseDouble(digits);
                if (Double.isInfinite(value)) {
                    throw unreadable(token, "value out of range");
                }
                yield value;
            }
        };
    }

    private static SyntaxException unreadable(Token token, String why) {
        return new SyntaxException(
                token.at(),
                "error parsing number: strconv.ParseFloat: parsing " + GoText.quote(token.text()) + ": " + why);
    }

    /** A duration in seconds; complained about is what is wrong first, from the left. */
    static double duration(Token token) throws SyntaxException {
        long millis = 0;
        int last = -1;
        Matcher part = PART.matcher(token.text());
        while (part.find() && !part.group().isEmpty()) {
            if (part.group(1).isEmpty() || part.group(2).isEmpty()) {
                throw noDuration(token);
            }
            var count = new BigInteger(part.group(1));
            int unit = UNITS.indexOf(part.group(2));
            if (count.bitLength() > Long.SIZE || (unit >= 0 && unit <= last)) {
                throw noDuration(token);
            }
            if (unit < 0) {
                throw new SyntaxException(
                        token.at(),
                        "unknown unit " + GoText.quote(part.group(2)) + " in duration " + GoText.quote(token.text()));
            }
            last = unit;
            BigInteger length = count.multiply(UNIT_MILLIS.get(unit));
            if (length.compareTo(LONGEST_MILLIS) > 0 || millis + length.longValue() > LONGEST_MILLIS.longValue()) {
                throw new SyntaxException(token.at(), "duration out of range");
            }
            millis += length.longValue();
        }
        return millis / 1e3;
    }

    private static SyntaxException noDuration(Token token) {
        return new SyntaxException(token.at(), "not a valid duration string: " + GoText.quote(token.text()));
    }

    /** The text within quotes, whose escapes the lexer has checked; it may hold {@link RawBytes}. */
    static String string(Token token) {
        String quoted = token.text();
        String inner = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`' || inner.indexOf('\\') < 0) {
            return inner;
        }
        // Bytes, because \x and octal escapes are bytes that only together make characters.
        var bytes = new ByteArrayOutputStream(inner.length());
        for (int i = 0; i < inner.length(); ) {
            int c = inner.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                bytes.writeBytes(utf8(c));
                continue;
            }
            char escape = inner.charAt(i++);
            int length = switch (escape) {
                case 'x' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default -> 0;
            };
            if (length > 0) {
                int value = Integer.parseInt(inner.substring(i, i + length), 16);
                bytes.writeBytes(escape == 'x' ? new byte[] {(byte) value} : utf8(value));
                i += length;
            } else if (escape >= '0' && escape <= '7') {
                bytes.write(Integer.parseInt(inner.substring(i - 1, i + 2), 8));
                i += 2;
            } else {
                bytes.write(simple(escape));
            }
        }
        return RawBytes.decode(bytes.toByteArray());
    }

    private static byte[] utf8(int codePoint) {
        return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    }

    private static int simple(char escape) {
        return switch (escape) {
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> escape;
        };
    }
}
