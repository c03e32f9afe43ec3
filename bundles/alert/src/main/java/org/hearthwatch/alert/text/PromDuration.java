package org.hearthwatch.alert.text;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Durations as Prometheus's files have them, with its messages; stricter than our own settings, which allow blanks. */
public final class PromDuration {

    private static final Pattern SYNTAX =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Pattern PART = Pattern.compile("\\d+(\\D*)");
    private static final long[] MILLIS = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    /** What fits into Go's nanoseconds. */
    private static final long LONGEST = Long.MAX_VALUE / 1_000_000;

    private PromDuration() {}

    /** @throws IllegalArgumentException in Prometheus's words */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty duration string");
        }
        var matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(reason(text));
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
            millis = Long.MAX_VALUE;
        }
        if (millis > LONGEST) {
            throw new IllegalArgumentException("duration out of range");
        }
        return Duration.ofMillis(millis);
    }

    private static String reason(String text) {
        var part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end && !part.group(1).isEmpty()) {
            if (!List.of(UNITS).contains(part.group(1))) {
                return "unknown unit " + GoText.quote(part.group(1)) + " in duration " + GoText.quote(text);
            }
            end = part.end();
        }
        return "not a valid duration string: " + GoText.quote(text);
    }

    /** As Prometheus writes it: years and weeks only where nothing is left over. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        for (int i = 0; i < MILLIS.length; i++) {
            boolean exact = i < 2;
            if (millis >= MILLIS[i] && (!exact || millis % MILLIS[i] == 0)) {
                text.append(millis / MILLIS[i]).append(UNITS[i]);
                millis %= MILLIS[i];
            }
        }
        return text.toString();
    }
}
