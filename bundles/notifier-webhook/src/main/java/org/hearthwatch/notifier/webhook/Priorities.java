package org.hearthwatch.notifier.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.hearthwatch.api.notify.Notification;

/**
 * How urgent a channel is told a notification is, by the {@code severity} label of its firing alerts. Thread-safe.
 *
 * @param levels the channel's word for each severity, the gravest first; {@link #OTHER} for alerts of none of these,
 *     {@link #RESOLVED} where nothing fires
 */
public record Priorities(Map<String, String> levels) {

    public static final String OTHER = "other";
    public static final String RESOLVED = "resolved";

    private static final Pattern PAIR = Pattern.compile("\\s*([\\w.-]{1,64})\\s*=\\s*([\\w.-]{1,64})\\s*");

    public Priorities {
        levels = new LinkedHashMap<>(levels);
        if (!levels.containsKey(OTHER) || !levels.containsKey(RESOLVED)) {
            throw new IllegalArgumentException("both " + OTHER + " and " + RESOLVED + " must be there");
        }
    }

    /** What a text such as {@code critical=5, warning=4, other=3, resolved=2} says. */
    public static Priorities parse(String text) {
        var levels = new LinkedHashMap<String, String>();
        for (String pair : text.split(",", -1)) {
            var match = PAIR.matcher(pair);
            if (!match.matches()) {
                throw new IllegalArgumentException("pairs such as critical=5, separated by commas");
            }
            levels.put(match.group(1), match.group(2));
        }
        return new Priorities(levels);
    }

    /** The word for a notification: that of its gravest firing alert. */
    public String of(Notification notification) {
        if (!notification.isFiring()) {
            return String.valueOf(levels.get(RESOLVED));
        }
        return levels.entrySet().stream()
                .filter(level -> !level.getKey().equals(RESOLVED))
                .filter(level -> notification.alerts().stream()
                        .anyMatch(alert -> !alert.resolved()
                                && alert.labels().get("severity").equals(level.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> String.valueOf(levels.get(OTHER)));
    }
}
