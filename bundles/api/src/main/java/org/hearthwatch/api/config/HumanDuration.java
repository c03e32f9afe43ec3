package org.hearthwatch.api.config;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The one way durations are written in configuration, commands and PromQL: whole numbers with units in falling order,
 * {@code 1h30m}, {@code 15d}, {@code 250ms}; units {@code y} (365 days), {@code w}, {@code d}, {@code h}, {@code m},
 * {@code s}, {@code ms}; and {@code 0}.
 */
public final class HumanDuration {

    /** What a setting of this kind takes, for {@link InvalidSettingException}. */
    public static final String ALLOWED = "a duration such as 250ms, 15s, 5m, 1h30m, 15d or 1y";

    private static final Pattern SYNTAX =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] MILLIS = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

    private HumanDuration() {}

    /** @throws IllegalArgumentException if the text is not a duration, saying what is */
    public static Duration parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("0")) {
            return Duration.ZERO;
        }
        var matcher = SYNTAX.matcher(trimmed);
        if (trimmed.isEmpty() || !matcher.matches()) {
            throw refused(text);
        }
        long millis = 0;
        try {
            for (int i = 0; i < MILLIS.length; i++) {
                String digits = matcher.group(i + 1);
                if (digits != null) {
                    millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(digits), MILLIS[i]));
                }
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw refused(text);
        }
        return Duration.ofMillis(millis);
    }

    /** The shortest text that {@link #parse} reads back; days are the largest unit but for whole years. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        if (millis < 0) {
            text.append('-');
            millis = -millis;
        }
        if (millis % MILLIS[0] == 0) {
            return text.append(millis / MILLIS[0]).append('y').toString();
        }
        for (int i = 2; i < MILLIS.length; i++) {
            if (millis >= MILLIS[i]) {
                text.append(millis / MILLIS[i]).append(UNITS[i]);
                millis %= MILLIS[i];
            }
        }
        return text.toString();
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not " + ALLOWED);
    }
}
