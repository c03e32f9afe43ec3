package org.hearthwatch.prometheus.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Numbers as the text formats write them, which is as Go's {@code strconv.ParseFloat} reads them, without hexadecimals. */
final class FloatText {

    /** The NaN that is a measured value. */
    static final double NAN = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final int EXACT_DIGITS = 15;
    private static final int LONGEST = 400;

    private FloatText() {}

    /** @throws NumberFormatException if the bytes are no number */
    static double parse(byte[] text, int begin, int end) {
        long digits = 0;
        int count = 0;
        int point = -1;
        int i = begin;
        boolean negative = i < end && text[i] == '-';
        if (negative) {
            i++;
        }
        int first = i;
        for (; i < end && count <= EXACT_DIGITS; i++) {
            int c = text[i];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                count++;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        if (i == end && count > 0 && count <= EXACT_DIGITS && first < end) {
            // Both operands are exact, so that one division rounds as it should.
            double value = point < 0 ? digits : digits / POWERS[end - point - 1];
            return negative ? -value : value;
        }
        return slow(text, begin, end);
    }

    private static double slow(byte[] text, int begin, int end) {
        if (end - begin > LONGEST || end == begin) {
            throw new NumberFormatException();
        }
        String word = new String(text, begin, end - begin, StandardCharsets.ISO_8859_1);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "nan" -> NAN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> decimal(word);
        };
    }

    private static double decimal(String word) {
        for (int i = 0; i < word.length(); i++) {
            // Double.parseDouble also reads hexadecimals, a trailing d or f, and blanks around.
            if ("0123456789+-.eE".indexOf(word.charAt(i)) < 0) {
                throw new NumberFormatException();
            }
        }
        double value = Double.parseDouble(word);
        if (Double.isInfinite(value)) {
            throw new NumberFormatException();
        }
        return value;
    }
}
