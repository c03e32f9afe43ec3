package org.hearthwatch.alert.template;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;

/** Go's {@code fmt.Sprintf}: its verbs, flags and the way it shows what does not fit. Not thread-safe. */
final class GoFormat {

    /** As in Go; a wider field is an error. */
    private static final int WIDEST = 1_000_000;

    private final String format;
    private final List<Object> arguments;
    private final int most;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;

    private boolean minus;
    private boolean plus;
    private boolean sharp;
    private boolean space;
    private boolean zero;
    private int width;
    private int precision;

    private GoFormat(String format, List<Object> arguments, int most) {
        this.format = format;
        this.arguments = arguments;
        this.most = most;
    }

    /**
     * A formatted text.
     *
     * @param most characters it may have
     */
    static String format(String format, List<Object> arguments, int most) throws TemplateException {
        return new GoFormat(format, arguments, most).run();
    }

    private String run() throws TemplateException {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            verb();
            if (out.length() > most) {
                throw new TemplateException("a text of more than " + most + " characters");
            }
        }
        if (!reordered && next < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = next; i < arguments.size(); i++) {
                Object extra = arguments.get(i);
                out.append(i > next ? ", " : "")
                        .append(extra == Nil.NIL ? "<nil>" : Values.typeName(extra) + "=" + Values.print(extra));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void verb() throws TemplateException {
        flags();
        index();
        width = numberOrStar("%!(BADWIDTH)");
        if (width < -1) {
            minus = true;
            zero = false;
            width = -width;
        }
        precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            index();
            precision = Math.max(numberOrStar("%!(BADPREC)"), 0);
        }
        index();
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (next >= arguments.size() || next < 0) {
            out.append("%!").appendCodePoint(verb).append(next < 0 ? "(BADINDEX)" : "(MISSING)");
            next = Math.max(next, 0);
        } else {
            out.append(shown(arguments.get(next++), verb));
        }
    }

    private void flags() {
        minus = false;
        plus = false;
        sharp = false;
        space = false;
        zero = false;
        for (; at < format.length(); at++) {
            switch (format.charAt(at)) {
                case '-' -> minus = true;
                case '+' -> plus = true;
                case '#' -> sharp = true;
                case ' ' -> space = true;
                case '0' -> zero = true;
                default -> {
                    return;
                }
            }
        }
    }

    /** Reads {@code [n]}, which says which argument is next. */
    private void index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        int end = format.indexOf(']', at);
        String digits = end < 0 ? "" : format.substring(at + 1, end);
        reordered = true;
        boolean good =
                digits.matches("\\d{1,6}") && !digits.matches("0+") && Integer.parseInt(digits) <= arguments.size();
        next = good ? Integer.parseInt(digits) - 1 : -1;
        at = end < 0 ? format.length() : end + 1;
    }

    /** A number, or the next argument for a star; -1 where there is neither. */
    private int numberOrStar(String complaint) throws TemplateException {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            if (next >= 0
                    && next < arguments.size()
                    && arguments.get(next) instanceof Long number
                    && Math.abs(number) <= WIDEST) {
                next++;
                return number.intValue();
            }
            next++;
            out.append(complaint);
            return -1;
        }
        int start = at;
        while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
            at++;
        }
        if (at == start) {
            return -1;
        }
        if (at - start > 7 || Integer.parseInt(format.substring(start, at)) > Math.min(WIDEST, most)) {
            throw new TemplateException("a width or precision beyond " + Math.min(WIDEST, most));
        }
        return Integer.parseInt(format.substring(start, at));
    }

    private String shown(Object value, int verb) {
        if (verb == 'T') {
            return padded(value == Nil.NIL ? "<nil>" : Values.typeName(value));
        }
        if (value == Nil.NIL) {
            return verb == 'v' ? padded("<nil>") : "%!" + Character.toString(verb) + "(<nil>)";
        }
        if (value instanceof Boolean) {
            return verb == 't' || verb == 'v' ? padded(value.toString()) : bad(value, verb);
        }
        if (value instanceof Double number) {
            return floating(number, verb);
        }
        if (value instanceof Long number) {
            return integer(number, verb);
        }
        if (value instanceof GoDuration duration && "dxXob".indexOf(verb) >= 0) {
            return integer(duration.nanos(), verb);
        }
        if (value instanceof String text) {
            return text(text, value, verb);
        }
        if (value instanceof Members && "svqxX".indexOf(verb) >= 0) {
            return text(value.toString(), value, verb);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> shown(element, verb)).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<Object, Object>(map)
                    .entrySet().stream()
                            .map(entry -> shown(entry.getKey(), verb) + ":" + shown(entry.getValue(), verb))
                            .collect(Collectors.joining(" ", "map[", "]"));
        }
        return bad(value, verb);
    }

    private static String bad(Object value, int verb) {
        return "%!" + Character.toString(verb) + "(" + Values.typeName(value) + "=" + Values.print(value) + ")";
    }

    private String text(String text, Object value, int verb) {
        String cut = precision >= 0 && precision < text.codePointCount(0, text.length())
                ? text.substring(0, text.offsetByCodePoints(0, precision))
                : text;
        return switch (verb) {
            case 's' -> padded(cut);
            case 'v' -> padded(sharp ? GoText.quote(cut) : cut);
            case 'q' -> padded(sharp && cut.indexOf('`') < 0 ? "`" + cut + "`" : GoText.quote(cut));
            case 'x' -> padded(hexadecimal(cut));
            case 'X' -> padded(hexadecimal(cut).toUpperCase(Locale.ROOT));
            default -> bad(value, verb);
        };
    }

    private String hexadecimal(String text) {
        String digits = HexFormat.ofDelimiter(space ? " " : "").formatHex(text.getBytes(StandardCharsets.UTF_8));
        return sharp && !digits.isEmpty() ? "0x" + digits : digits;
    }

    private String integer(long value, int verb) {
        return switch (verb) {
            case 'v', 'd' -> number(sign((double) value), digits(value, 10));
            case 'b' -> number(sign((double) value) + (sharp ? "0b" : ""), digits(value, 2));
            case 'o' -> number(sign((double) value) + (sharp ? "0" : ""), digits(value, 8));
            case 'O' -> number(sign((double) value) + "0o", digits(value, 8));
            case 'x' -> number(sign((double) value) + (sharp ? "0x" : ""), digits(value, 16));
            case 'X' ->
                number(
                        sign((double) value) + (sharp ? "0X" : ""),
                        digits(value, 16).toUpperCase(Locale.ROOT));
            case 'c' -> padded(Character.toString(character(value)));
            case 'q' -> padded(GoText.quote(character(value)));
            case 'U' ->
                padded(String.format(Locale.ROOT, "U+%04X", value)
                        + (sharp ? " '" + Character.toString(character(value)) + "'" : ""));
            default -> bad(value, verb);
        };
    }

    private static int character(long value) {
        return value < 0 || value > Character.MAX_CODE_POINT ? 0xfffd : (int) value;
    }

    private String digits(long value, int base) {
        String digits = Long.toUnsignedString(value < 0 ? -value : value, base);
        return precision > digits.length() ? "0".repeat(precision - digits.length()) + digits : digits;
    }

    private String sign(double value) {
        if (value < 0 || (value == 0 && 1 / value < 0)) {
            return "-";
        }
        return plus ? "+" : space ? " " : "";
    }

    private String floating(double value, int verb) {
        if (verb == 'x' || verb == 'X') {
            String digits = hexadecimal(Math.abs(value));
            return number(sign(value), verb == 'X' ? digits.toUpperCase(Locale.ROOT) : digits);
        }
        if ("vgGeEfF".indexOf(verb) < 0) {
            return bad(value, verb);
        }
        char shape = verb == 'v' ? 'g' : (char) verb;
        int digits = precision < 0 ? ("gG".indexOf(shape) >= 0 ? GoNumber.SHORTEST : 6) : precision;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            zero = false;
            String name = GoNumber.format(value, 'g', GoNumber.SHORTEST)
                    .replace("+", "")
                    .replace("-", "");
            String sign = value < 0 ? "-" : plus || (Double.isInfinite(value) && !space) ? "+" : space ? " " : "";
            return padded(sign + name);
        }
        return number(sign(value), GoNumber.format(Math.abs(value), shape, digits));
    }

    /** As {@code 0x1.8p+01}. */
    private static String hexadecimal(double value) {
        String[] parts = Double.toHexString(value).split("p", 2);
        if (parts.length < 2) {
            return parts[0];
        }
        int exponent = Integer.parseInt(parts[1]);
        String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return parts[0].replace(".0", "") + "p" + (exponent < 0 ? "-" : "+") + size;
    }

    /** Zeros go between the sign and the digits. */
    private String number(String sign, String digits) {
        boolean filled = zero && !minus && (precision < 0 || digits.indexOf('.') >= 0);
        int missing = filled ? width - sign.length() - digits.length() : 0;
        return padded(sign + "0".repeat(Math.max(0, missing)) + digits);
    }

    private String padded(String text) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        return minus ? text + " ".repeat(missing) : (zero ? "0" : " ").repeat(missing) + text;
    }
}
