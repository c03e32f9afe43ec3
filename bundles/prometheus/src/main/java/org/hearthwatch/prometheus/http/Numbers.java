package org.hearthwatch.prometheus.http;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Prometheus writes them into JSON. */
final class Numbers {

    /** Below, every double without a fraction is exactly this long. */
    private static final double WHOLE = 1e15;

    private Numbers() {}

    /** A sample's value: the shortest decimal that reads back the same, never with an exponent. */
    static String value(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        return shortest(value).toPlainString();
    }

    /** A time in seconds, with three decimals unless it is whole. */
    static String time(long millis) {
        long seconds = millis / 1000;
        long fraction = Math.abs(millis % 1000);
        String sign = millis < 0 && seconds == 0 ? "-" : "";
        return fraction == 0
                ? Long.toString(seconds)
                : sign + seconds + "." + (fraction < 100 ? "0" : "") + (fraction < 10 ? "0" : "") + fraction;
    }

    /** Before JDK 19, Double.toString sometimes gives a digit more than needed (JDK-4511638). */
    private static BigDecimal shortest(double value) {
        var digits = new BigDecimal(Double.toString(value));
        if (digits.precision() > 14) {
            var shorter = digits.round(new MathContext(digits.precision() - 1, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() == value) {
                return shorter.stripTrailingZeros();
            }
        }
        return digits.stripTrailingZeros();
    }
}
