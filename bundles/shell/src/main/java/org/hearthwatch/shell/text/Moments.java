package org.hearthwatch.shell.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.HumanDuration;

/** Moments as they are typed and shown. */
public final class Moments {

    /** What may be typed. */
    public static final String ALLOWED =
            "now, a time back such as -1h, an RFC 3339 time such as 2026-11-21T20:15:00Z, or seconds since 1970";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");

    private Moments() {}

    /** @throws IllegalArgumentException if the text is no moment, saying what is */
    public static Instant parse(String text, Instant now) {
        try {
            if (text.equals("now")) {
                return now;
            }
            if (text.startsWith("-")) {
                return now.minus(HumanDuration.parse(text.substring(1)));
            }
            if (SECONDS.matcher(text).matches()) {
                return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
            }
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no time; it takes " + ALLOWED, e);
        }
    }

    /** A moment in a zone's time, to the second. */
    public static String show(Instant moment, ZoneId zone) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(zone)
                .format(moment.truncatedTo(ChronoUnit.SECONDS));
    }
}
