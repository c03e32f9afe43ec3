package org.hearthwatch.shell.text;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people and Prometheus write them. */
public final class Numbers {

    private static final String[] LARGE = {"", "k", "M", "G", "T", "P", "E"};
    private static final String[] SMALL = {"", "m", "µ", "n", "p"};

    private Numbers() {}

    /** The shortest text that gives the same number again, as in the Prometheus HTTP API. */
    public static String exact(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        double size = Math.abs(value);
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        if (size >= 1e-6 && size < 1e21) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** Three significant digits and a metric prefix: {@code 1.23k}, {@code 45.6M}, {@code 7.8m}. */
    public static String brief(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return exact(value);
        }
        double scaled = value;
        int power = 0;
        while (Math.abs(scaled) >= 999.5 && power < LARGE.length - 1) {
            scaled /= 1000;
            power++;
        }
        while (Math.abs(scaled) < 0.0995 && power > 1 - SMALL.length) {
            scaled *= 1000;
            power--;
        }
        int decimals = Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", scaled);
        if (text.indexOf('.') >= 0) {
            text = text.replaceAll("\\.?0+$", "");
        }
        return text + (power < 0 ? SMALL[-power] : LARGE[power]);
    }
}
