package org.hearthwatch.api.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number of bytes as written in configuration: {@code 512MB}, {@code 2GB}, {@code 64KiB}, {@code 4096}. As in
 * Prometheus, KB, MB, GB, TB are powers of 1024 too.
 *
 * @param bytes never negative
 */
public record ByteSize(long bytes) {

    /** What a setting of this kind takes, for {@link InvalidSettingException}. */
    public static final String ALLOWED = "a size such as 64KB, 512MB or 2GB";

    private static final Pattern SYNTAX = Pattern.compile("(\\d+)\\s*(?:([KMGT])I?)?B?");
    private static final String UNITS = "KMGT";

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size is never negative: " + bytes);
        }
    }

    /** @throws IllegalArgumentException if the text is not a size, saying what is */
    public static ByteSize parse(String text) {
        var matcher = SYNTAX.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw refused(text);
        }
        try {
            String unit = matcher.group(2);
            int power = unit == null ? 0 : UNITS.indexOf(unit) + 1;
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw refused(text);
        }
    }

    /** For people, with one decimal where it helps: {@code 1.5GB}. */
    @Override
    public String toString() {
        double value = bytes;
        int power = 0;
        while (value >= 1024 && power < UNITS.length()) {
            value /= 1024;
            power++;
        }
        String unit = power == 0 ? "B" : UNITS.charAt(power - 1) + "B";
        return value == Math.rint(value) ? (long) value + unit : String.format(Locale.ROOT, "%.1f%s", value, unit);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not " + ALLOWED);
    }
}
