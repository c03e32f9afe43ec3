package org.hearthwatch.query.function;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** The functions that read seconds since the Unix epoch as a date in UTC, by name. */
public final class CalendarFunctions {

    private static final Map<String, ToDoubleFunction<Moment>> BY_NAME = Map.of(
            "minute", moment -> Math.floorDiv(moment.secondOfDay(), 60) % 60,
            "hour", moment -> Math.floorDiv(moment.secondOfDay(), 3600),
            "day_of_month", moment -> moment.date().getDayOfMonth(),
            "day_of_week", moment -> moment.date().getDayOfWeek().getValue() % 7,
            "day_of_year", moment -> moment.date().getDayOfYear(),
            "days_in_month", moment -> moment.date().lengthOfMonth(),
            "month", moment -> moment.date().getMonthValue(),
            "year", Moment::year);

    private CalendarFunctions() {}

    public static Optional<DoubleUnaryOperator> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(part -> seconds -> part.applyAsDouble(Moment.of(seconds)));
    }

    /** A moment by its day and second; counts days itself, because a sample's value reaches beyond all calendars. */
    private record Moment(long day, long secondOfDay) {

        private static final long DAY = 86_400;

        /** After this many days the Gregorian calendar repeats itself, days of the week included. */
        private static final long CYCLE_DAYS = 146_097;

        private static final long CYCLE_YEARS = 400;

        /** 2^63 seconds, where Prometheus on 64-bit machines puts what is no number of seconds. */
        private static final Moment NO_DATE = new Moment(106_751_991_167_300L, 55_808);

        static Moment of(double seconds) {
            if (!(Math.abs(seconds) < 0x1p63)) {
                return NO_DATE;
            }
            long whole = (long) seconds;
            return new Moment(Math.floorDiv(whole, DAY), Math.floorMod(whole, DAY));
        }

        /** The date within the first cycle. */
        LocalDate date() {
            return LocalDate.ofEpochDay(Math.floorMod(day, CYCLE_DAYS));
        }

        double year() {
            return date().getYear() + CYCLE_YEARS * Math.floorDiv(day, CYCLE_DAYS);
        }
    }
}
