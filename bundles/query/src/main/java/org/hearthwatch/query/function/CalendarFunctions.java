package org.hearthwatch.query.function;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;

/** The functions that read seconds since the Unix epoch as a date in UTC, by name. */
public final class CalendarFunctions {

    private static final Map<String, ToIntFunction<LocalDateTime>> BY_NAME = Map.of(
            "minute", LocalDateTime::getMinute,
            "hour", LocalDateTime::getHour,
            "day_of_month", LocalDateTime::getDayOfMonth,
            "day_of_week", date -> date.getDayOfWeek().getValue() % 7,
            "day_of_year", LocalDateTime::getDayOfYear,
            "days_in_month", date -> date.toLocalDate().lengthOfMonth(),
            "month", LocalDateTime::getMonthValue,
            "year", LocalDateTime::getYear);

    private CalendarFunctions() {}

    /** The function; it gives NaN for what is no date. */
    public static Optional<DoubleUnaryOperator> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(part -> seconds -> partOf(seconds, part));
    }

    private static double partOf(double seconds, ToIntFunction<LocalDateTime> part) {
        if (Double.isNaN(seconds)) {
            return Double.NaN;
        }
        try {
            return part.applyAsInt(LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }
}
