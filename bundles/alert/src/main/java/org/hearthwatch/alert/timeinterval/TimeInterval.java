package org.hearthwatch.alert.timeinterval;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Times that come again: of the day, the week, the month, the year. A moment is within if every kind of condition that is
 * set holds; a kind without any entry does not restrict.
 *
 * @param times minutes of the day, the end not included
 * @param weekdays 0 is Sunday
 * @param daysOfMonth negative ones count from the month's end, -1 being its last
 * @param zone whose clocks count
 */
public record TimeInterval(
        List<Span> times,
        List<Span> weekdays,
        List<Span> daysOfMonth,
        List<Span> months,
        List<Span> years,
        ZoneId zone) {

    private static final int MINUTES = 60;

    public TimeInterval {
        times = List.copyOf(times);
        weekdays = List.copyOf(weekdays);
        daysOfMonth = List.copyOf(daysOfMonth);
        months = List.copyOf(months);
        years = List.copyOf(years);
    }

    /** Whether a moment is within. */
    public boolean contains(Instant moment) {
        ZonedDateTime time = moment.atZone(zone);
        int minute = time.getHour() * MINUTES + time.getMinute();
        return (times.isEmpty() || times.stream().anyMatch(span -> minute >= span.begin() && minute < span.end()))
                && (daysOfMonth.isEmpty() || daysOfMonth.stream().anyMatch(span -> onDay(span, time)))
                && holds(months, time.getMonthValue())
                && holds(weekdays, time.getDayOfWeek().getValue() % 7)
                && holds(years, time.getYear());
    }

    private static boolean holds(List<Span> spans, int value) {
        return spans.isEmpty() || spans.stream().anyMatch(span -> span.contains(value));
    }

    private static boolean onDay(Span span, ZonedDateTime time) {
        int days = time.toLocalDate().lengthOfMonth();
        int begin = span.begin() < 0 ? days + span.begin() + 1 : span.begin();
        int end = span.end() < 0 ? days + span.end() + 1 : span.end();
        // A month that is too short does not have the days at all.
        return begin <= days && time.getDayOfMonth() >= begin && time.getDayOfMonth() <= Math.min(end, days);
    }
}
