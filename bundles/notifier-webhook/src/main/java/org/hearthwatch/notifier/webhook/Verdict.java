package org.hearthwatch.notifier.webhook;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.OneLine;

/** What an HTTP answer means for a notification that has no other way of telling. */
public final class Verdict {

    private static final int TOO_MANY = 429;
    private static final int TOO_SLOW = 408;
    private static final int TOO_EARLY = 425;
    private static final int LONGEST_LINE = 300;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private Verdict() {}

    /**
     * The answer in one line.
     *
     * @throws DeliveryException passing for 408, 425, 429 and 5xx, lasting for all else that is not 2xx
     */
    public static String of(Answer answer) throws DeliveryException {
        if (answer.isGood()) {
            return line(answer);
        }
        if (answer.status() / 100 == 5
                || answer.status() == TOO_MANY
                || answer.status() == TOO_SLOW
                || answer.status() == TOO_EARLY) {
            throw passing(answer, line(answer));
        }
        if (answer.status() / 100 == 3) {
            throw DeliveryException.lasting(
                    line(answer) + ": it redirects to another place; put the address it redirects to in the settings");
        }
        throw DeliveryException.lasting(line(answer));
    }

    /** That another try may help, after the time the answer asks for if it asks. */
    public static DeliveryException passing(Answer answer, String message) {
        Optional<Duration> wait = answer.header("Retry-After").flatMap(text -> wait(text, answer.header("Date")));
        return wait.isPresent()
                ? DeliveryException.passing(message, wait.get())
                : DeliveryException.passing(message, new IOException("HTTP " + answer.status()));
    }

    /** The status and the beginning of the body. */
    public static String line(Answer answer) {
        String body = Cut.toCodePoints(OneLine.of(answer.body()), LONGEST_LINE);
        return "HTTP " + answer.status() + (body.isEmpty() ? "" : ": " + body);
    }

    /** Seconds, or a moment; which is held against the other side's own clock. */
    private static Optional<Duration> wait(String text, Optional<String> date) {
        String trimmed = text.trim();
        if (trimmed.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.of(bounded(Duration.ofMillis((long) Math.ceil(Double.parseDouble(trimmed) * 1000))));
        }
        try {
            Instant until = moment(trimmed);
            Duration wait = date.isPresent() ? Duration.between(moment(date.get()), until) : Duration.ZERO;
            return wait.isNegative() || wait.isZero() ? Optional.empty() : Optional.of(bounded(wait));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant moment(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.trim(), Instant::from);
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
