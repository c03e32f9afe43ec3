package org.hearthwatch.prometheus.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.web.Exchange;

/** The parameters of a request, understood; what is not refuses the request in Prometheus' words. */
final class Parameters {

    /** Times further from 1970 than this many seconds, about 285 000 years, mean no stored sample anyway. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(9_000_000_000_000L);

    private static final int LONGEST_NUMBER = 40;

    private final Exchange exchange;

    Parameters(Exchange exchange) {
        this.exchange = exchange;
    }

    Optional<String> text(String name) {
        return exchange.parameter(name).filter(text -> !text.isEmpty());
    }

    String needed(String name) throws ApiProblem {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            throw ApiProblem.invalid(name, "it is missing");
        }
        return value.get();
    }

    Instant time(String name) throws ApiProblem {
        return time(name, needed(name));
    }

    Instant time(String name, Instant otherwise) throws ApiProblem {
        Optional<String> value = text(name);
        return value.isEmpty() ? otherwise : time(name, value.get());
    }

    /** @param otherwise milliseconds since the epoch */
    long millis(String name, long otherwise) throws ApiProblem {
        Optional<String> value = text(name);
        return value.isEmpty() ? otherwise : time(name, value.get()).toEpochMilli();
    }

    Duration duration(String name) throws ApiProblem {
        String value = needed(name);
        Optional<BigDecimal> seconds = number(value);
        if (seconds.isPresent()) {
            return Duration.ofMillis(
                    bounded(name, value, seconds.get()).movePointRight(3).longValue());
        }
        try {
            return HumanDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(name, "cannot parse \"" + value + "\" to a valid duration");
        }
    }

    Optional<Duration> optionalDuration(String name) throws ApiProblem {
        return text(name).isEmpty() ? Optional.empty() : Optional.of(duration(name));
    }

    /** A limit; zero and absent mean none. */
    OptionalInt limit(String name) throws ApiProblem {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int limit = Integer.parseInt(value.get());
            if (limit >= 0) {
                return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw ApiProblem.invalid(name, "\"" + value.get() + "\" is not a number of zero or more");
    }

    /** The selectors of {@code match[]}, each a list of matchers. */
    List<List<Matcher>> selectors() throws ApiProblem {
        var selectors = new ArrayList<List<Matcher>>();
        for (String text : exchange.parameters("match[]")) {
            try {
                selectors.add(Selector.parse(text));
            } catch (IllegalArgumentException e) {
                throw ApiProblem.invalid("match[]", String.valueOf(e.getMessage()));
            }
        }
        return selectors;
    }

    private static Instant time(String name, String value) throws ApiProblem {
        Optional<BigDecimal> seconds = number(value);
        if (seconds.isPresent()) {
            return Instant.ofEpochMilli(
                    bounded(name, value, seconds.get()).movePointRight(3).longValue());
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiProblem.invalid(name, "cannot parse \"" + value + "\" to a valid timestamp");
        }
    }

    private static Optional<BigDecimal> number(String value) {
        try {
            return value.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal bounded(String name, String value, BigDecimal seconds) throws ApiProblem {
        // Exponents first: comparing 1e999999999 would compute all its digits.
        if (seconds.precision() - (long) seconds.scale() > 20 || seconds.abs().compareTo(MOST_SECONDS) > 0) {
            throw ApiProblem.invalid(name, "\"" + value + "\" is out of range");
        }
        return seconds;
    }
}
