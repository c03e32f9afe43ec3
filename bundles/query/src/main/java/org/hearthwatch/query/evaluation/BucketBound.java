package org.hearthwatch.query.evaluation;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads the value of the label {@code le}, in any of the ways exporters write numbers. */
final class BucketBound {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?0[xX][\\da-fA-F.]+[pP][+-]?\\d+");

    private BucketBound() {}

    /** The bound, or nothing if the text is no number. */
    static OptionalDouble parse(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "+inf", "inf", "infinity", "+infinity" -> {
                return OptionalDouble.of(Double.POSITIVE_INFINITY);
            }
            case "-inf", "-infinity" -> {
                return OptionalDouble.of(Double.NEGATIVE_INFINITY);
            }
            case "nan" -> {
                return OptionalDouble.of(Double.NaN);
            }
            default -> {
                return NUMBER.matcher(text).matches()
                        ? OptionalDouble.of(Double.parseDouble(text))
                        : OptionalDouble.empty();
            }
        }
    }
}
