package org.hearthwatch.prometheus.http;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.web.Exchange;

/** The parameters of a request, understood; what is not refuses the request in Prometheus' words. */
final class Parameters {

    /** Before all samples, and the way Prometheus' clients write it. */
    private static final String BEGINNING = "-292273086-05-16T16:47:06Z";

    private static final String END = "292277025-08-18T07:12:54.999999999Z";

    /** Times further from 1970 than this many seconds, about 285 000 years, mean no stored sample anyway. */
    private static final double MOST_SECONDS = 9e12;

    /** What Go on amd64 makes of NaN and of infinity: the first moment that nanoseconds in 64 bits can say. */
    private static final double NO_TIME = -9_223_372_036.854;

    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d([.,]\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    private static final double MOST_NANOS = 0x1p63;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final Exchange exchange;

    Parameters(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Empty where the parameter is, or is not there. */
    Optional<String> text(String name) {
        return exchange.parameter(name).filter(text -> !text.isEmpty());
    }

    /** A moment that has to be given. */
    Instant time(String name) throws ApiProblem {
        String value = text(name).orElse("");
        return parsed(value).orElseThrow(() -> ApiProblem.invalid(name, noTime(value)));
    }

    /** A moment that may be left out. */
    Instant time(String name, Instant otherwise) throws ApiProblem {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return parsed(value.get())
                .orElseThrow(() ->
                        ApiProblem.invalid(name, "invalid time value for '" + name + "': " + noTime(value.get())));
    }

    /** @param otherwise milliseconds since the epoch */
    long millis(String name, long otherwise) throws ApiProblem {
        return text(name).isEmpty() ? otherwise : time(name, Instant.EPOCH).toEpochMilli();
    }

    /** @throws ApiProblem that names the parameter */
    Duration duration(String name) throws ApiProblem {
        String value = text(name).orElse("");
        try {
            return parsedDuration(value);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(name, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A number of seconds or a text such as {@code 1h30m}.
     *
     * @throws IllegalArgumentException in Prometheus' words
     */
    static Duration parsedDuration(String value) {
        Optional<Double> seconds = GoText.number(value);
        if (seconds.isPresent()) {
            double nanos = seconds.get() * 1e9;
            if (Math.abs(nanos) >= MOST_NANOS) {
                throw new IllegalArgumentException(
                        "cannot parse " + GoText.quoted(value) + " to a valid duration. It overflows int64");
            }
            // No number is no time at all, as negative ones are.
            return Duration.ofNanos(Double.isNaN(nanos) ? -1 : (long) nanos);
        }
        try {
            Duration duration = HumanDuration.parse(value);
            if (value.equals(value.trim()) && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new IllegalArgumentException("cannot parse " + GoText.quoted(value) + " to a valid duration");
    }

    /** A limit; zero and absent mean none. */
    OptionalInt limit() throws ApiProblem {
        Optional<String> value = text("limit");
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            long limit = GoText.whole("Atoi", value.get());
            if (limit < 0) {
                throw ApiProblem.invalid("limit", "limit must be non-negative");
            }
            return limit == 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(limit, Integer.MAX_VALUE));
        } catch (NumberFormatException e) {
            throw ApiProblem.invalid("limit", String.valueOf(e.getMessage()));
        }
    }

    /** A count in one of the places where nothing but a number is asked for; empty where it is not given. */
    Optional<Long> count(String name) throws ApiProblem {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(GoText.whole("Atoi", value.get()));
        } catch (NumberFormatException e) {
            throw ApiProblem.badData(name + " must be a number");
        }
    }

    private static String noTime(String value) {
        return "cannot parse " + GoText.quoted(value) + " to a valid timestamp";
    }

    private static Optional<Instant> parsed(String value) {
        Optional<Double> number = GoText.number(value);
        if (number.isPresent()) {
            double seconds = Double.isNaN(number.get()) || Double.isInfinite(number.get()) ? NO_TIME : number.get();
            double near = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, seconds));
            return Optional.of(Instant.ofEpochMilli(Math.round(near * 1000)));
        }
        if (value.equals(BEGINNING) || value.equals(END)) {
            double end = value.equals(END) ? MOST_SECONDS : -MOST_SECONDS;
            return Optional.of(Instant.ofEpochSecond((long) end));
        }
        try {
            return RFC_3339.matcher(value).matches()
                    ? Optional.of(OffsetDateTime.parse(value.replace(',', '.')).toInstant())
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
