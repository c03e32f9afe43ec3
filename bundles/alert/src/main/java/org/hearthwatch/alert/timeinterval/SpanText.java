package org.hearthwatch.alert.timeinterval;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.hearthwatch.alert.text.GoText;

/** Spans as they are written, with Alertmanager's messages. */
public final class SpanText {

    private static final List<String> WEEKDAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final Pattern TIME = Pattern.compile("(([01]\\d|2[0-3]):[0-5]\\d)|24:00");
    /** The shortest month; what can never be in order even in it is refused. */
    private static final int SHORTEST_MONTH = 28;

    private static final int LONGEST_MONTH = 31;

    private SpanText() {}

    /** {@code monday:friday} or {@code sunday}. */
    public static Span weekdays(String text) {
        Span span = span(text, SpanText::weekday);
        if (span.begin() > span.end()) {
            throw new IllegalArgumentException("start day cannot be before end day");
        }
        return span;
    }

    private static int weekday(String text) {
        int day = WEEKDAYS.indexOf(text);
        if (day < 0) {
            throw new IllegalArgumentException(text + " is not a valid weekday");
        }
        return day;
    }

    /** {@code 1:5}, {@code -3:-1} or {@code 31}. */
    public static Span daysOfMonth(String text) {
        Span span = span(text, SpanText::number);
        for (int day : new int[] {span.begin(), span.end()}) {
            if (day == 0 || Math.abs(day) > LONGEST_MONTH) {
                throw new IllegalArgumentException(day + " is not a valid day of the month: out of range");
            }
        }
        if (span.begin() < 0 && span.end() > 0) {
            throw new IllegalArgumentException("end day must be negative if start day is negative");
        }
        int begin = span.begin() < 0 ? SHORTEST_MONTH + span.begin() : span.begin();
        int end = span.end() < 0 ? SHORTEST_MONTH + span.end() : span.end();
        if (begin > end) {
            throw new IllegalArgumentException("end day " + span.end() + " is always before start day " + span.begin());
        }
        return span;
    }

    /** {@code 1:3}, {@code may:august} or {@code december}. */
    public static Span months(String text) {
        Span span = span(text, SpanText::month);
        if (span.begin() > span.end()) {
            throw new IllegalArgumentException(
                    "end month " + name(span.end()) + " is before start month " + name(span.begin()));
        }
        return span;
    }

    private static int month(String text) {
        int month = MONTHS.indexOf(text);
        if (month >= 0) {
            return month + 1;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not a valid month", e);
        }
    }

    private static String name(int month) {
        return month >= 1 && month <= MONTHS.size() ? MONTHS.get(month - 1) : Integer.toString(month);
    }

    /** {@code 2026:2028} or {@code 2026}. */
    public static Span years(String text) {
        Span span = span(text, SpanText::number);
        if (span.begin() > span.end()) {
            throw new IllegalArgumentException("end year " + span.end() + " is before start year " + span.begin());
        }
        return span;
    }

    /** From one time of the day, {@code 09:00}, to another, at most {@code 24:00}; in minutes. */
    public static Span times(String start, String end) {
        if (start.isEmpty() || end.isEmpty()) {
            throw new IllegalArgumentException("both start and end times must be provided");
        }
        var span = new Span(minute(start), minute(end));
        if (span.begin() >= span.end()) {
            throw new IllegalArgumentException("start time cannot be equal or greater than end time");
        }
        return span;
    }

    private static int minute(String text) {
        if (!TIME.matcher(text).matches()) {
            throw new IllegalArgumentException("couldn't parse timestamp " + text + ", invalid format");
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    /** The name of a zone, {@code Europe/Berlin}; {@code Local} is the machine's. */
    public static ZoneId zone(String text) {
        if (text.isEmpty() || text.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        if (text.equals("Local")) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("unknown time zone " + text, e);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("strconv.Atoi: parsing " + GoText.quote(text) + ": invalid syntax", e);
        }
    }

    private static Span span(String written, ToIntFunction<String> member) {
        String text = written.toLowerCase(Locale.ROOT);
        if (text.indexOf(':') < 0) {
            int value = member.applyAsInt(text);
            return new Span(value, value);
        }
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("couldn't parse range " + text + ", invalid format");
        }
        return new Span(member.applyAsInt(parts[0]), member.applyAsInt(parts[1]));
    }
}
