package org.hearthwatch.api.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A part of the day that comes again on some days of the week. Where it ends no later than it begins, it ends on the
 * day after.
 *
 * @param days on which it begins; at least one
 * @param from the minute it begins
 * @param to the minute it ends, which is no longer within
 * @param zone whose clocks count
 */
public record SilenceWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public SilenceWindow {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A window needs a day of the week");
        }
    }

    /** Whether a moment is within. */
    public boolean contains(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        return beginsOn(today, moment) || beginsOn(today.minusDays(1), moment);
    }

    private boolean beginsOn(LocalDate day, Instant moment) {
        if (!days.contains(day.getDayOfWeek())) {
            return false;
        }
        ZonedDateTime begin = day.atTime(from).atZone(zone);
        ZonedDateTime end =
                (to.isAfter(from) ? day : day.plusDays(1)).atTime(to).atZone(zone);
        return !moment.isBefore(begin.toInstant()) && moment.isBefore(end.toInstant());
    }
}
