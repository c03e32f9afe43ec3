package org.hearthwatch.alert.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Texts within quotes, with the escapes of the Go language. */
public final class Quoted {

    private Quoted() {}

    /**
     * What stands between the quotes.
     *
     * @throws IllegalArgumentException if an escape is none of Go's
     */
    public static String unescape(String inner) {
        if (inner.indexOf('\\') < 0) {
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
            char escape = charAt(inner, i++);
            int length = switch (escape) {
                case 'x' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default -> 0;
            };
            if (length > 0) {
                int value = digits(inner, i, length, 16);
                bytes.writeBytes(escape == 'x' ? new byte[] {(byte) value} : utf8(value));
                i += length;
            } else if (escape >= '0' && escape <= '7') {
                bytes.write(digits(inner, i - 1, 3, 8));
                i += 2;
            } else {
                bytes.write(simple(escape));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static char charAt(String text, int index) {
        if (index >= text.length()) {
            throw new IllegalArgumentException("escape sequence not terminated");
        }
        return text.charAt(index);
    }

    private static int digits(String text, int from, int count, int base) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = Character.digit(charAt(text, i), base);
            if (digit < 0) {
                throw new IllegalArgumentException("illegal character in escape sequence");
            }
            value = value * base + digit;
        }
        if (value > Character.MAX_CODE_POINT || (base == 8 && value > 0xff)) {
            throw new IllegalArgumentException("escape sequence is an invalid Unicode code point");
        }
        return (int) value;
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
            case '\\', '\'', '"' -> escape;
            default -> throw new IllegalArgumentException("unknown escape sequence \\" + escape);
        };
    }
}
