package org.hearthwatch.alert.template;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Go's {@code time.Time}. */
public record GoTime(ZonedDateTime time) implements Members {

    public static GoTime utc(Instant instant) {
        return new GoTime(instant.atZone(ZoneOffset.UTC));
    }

    @Override
    public String typeName() {
        return "time.Time";
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) throws TemplateException {
        var given = new Arguments(name, arguments);
        return switch (name) {
            case "Format" -> Optional.of(GoLayout.format(time, given.text(0)));
            case "Unix" -> Optional.of(time.toEpochSecond());
            case "UnixMilli" -> Optional.of(time.toInstant().toEpochMilli());
            case "UTC" -> Optional.of(utc(time.toInstant()));
            case "Year" -> Optional.of((long) time.getYear());
            case "Month" -> Optional.of(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case "Day" -> Optional.of((long) time.getDayOfMonth());
            case "YearDay" -> Optional.of((long) time.getDayOfYear());
            case "Hour" -> Optional.of((long) time.getHour());
            case "Minute" -> Optional.of((long) time.getMinute());
            case "Second" -> Optional.of((long) time.getSecond());
            case "Weekday" -> Optional.of(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case "IsZero" -> Optional.of(time.toEpochSecond() == -62_135_596_800L && time.getNano() == 0);
            case "Before" -> Optional.of(time.toInstant().isBefore(moment(given).toInstant()));
            case "After" -> Optional.of(time.toInstant().isAfter(moment(given).toInstant()));
            case "Equal" -> Optional.of(time.toInstant().equals(moment(given).toInstant()));
            case "Sub" ->
                Optional.of(new GoDuration(Duration.between(moment(given).toInstant(), time.toInstant())
                        .toNanos()));
            case "Add" -> Optional.of(new GoTime(time.plusNanos(duration(given).nanos())));
            case "String" -> Optional.of(toString());
            default -> Optional.empty();
        };
    }

    /** The same moment on the clocks of a place. */
    public GoTime in(String zone) throws TemplateException {
        try {
            return new GoTime(time.withZoneSameInstant(ZoneId.of(zone)));
        } catch (DateTimeException e) {
            throw new TemplateException("unknown time zone " + zone);
        }
    }

    private static ZonedDateTime moment(Arguments given) throws TemplateException {
        if (given.size() == 1 && given.get(0) instanceof GoTime other) {
            return other.time();
        }
        throw new TemplateException("wrong arguments for " + given.function() + ": expected one time.Time");
    }

    private static GoDuration duration(Arguments given) throws TemplateException {
        if (given.size() == 1 && given.get(0) instanceof GoDuration duration) {
            return duration;
        }
        throw new TemplateException("wrong arguments for " + given.function() + ": expected one time.Duration");
    }

    @Override
    public String toString() {
        return GoLayout.format(time, "2006-01-02 15:04:05.999999999 -0700 MST");
    }
}
