package org.hearthwatch.prometheus.osgi;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.prometheus.in.PushLimits;

/** Makes limits of what stands in the configuration file. */
final class PushSettings {

    static final String PID = "org.hearthwatch.prometheus";

    private static final long LEAST_BODY = 64 << 10;
    private static final long MOST_BODY = 1 << 30;

    private PushSettings() {}

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    static PushLimits read(PushConfig config) {
        long body = size("maxBody", config.maxBody(), LEAST_BODY, MOST_BODY);
        long unpacked = size("maxUnpackedBody", config.maxUnpackedBody(), LEAST_BODY, MOST_BODY);
        return new PushLimits(
                body,
                unpacked,
                count("maxSamplesPerRequest", config.maxSamplesPerRequest(), 10_000_000),
                count("samplesPerSecond", config.samplesPerSecond(), 100_000_000),
                count("maxSeriesPerSender", config.maxSeriesPerSender(), 10_000_000),
                // Unpacking gzip doubles its room as it goes, and a request must fit alone.
                size("memory", config.memory(), body + unpacked, 64L << 30),
                duration("patience", config.patience()));
    }

    static Set<String> promoted(PushConfig config) {
        return Arrays.stream(config.promoteResourceAttributes().split(",", -1))
                .map(String::strip)
                .filter(attribute -> !attribute.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static long size(String key, String text, long least, long most) {
        String allowed = ByteSize.ALLOWED + ", from " + new ByteSize(least) + " to " + new ByteSize(most);
        long bytes = parsed(key, text, allowed, ByteSize::parse).bytes();
        if (bytes < least || bytes > most) {
            throw new InvalidSettingException(PID, key, text, allowed);
        }
        return bytes;
    }

    private static int count(String key, String text, int most) {
        String allowed = "a whole number from 1 to " + most;
        int value = parsed(key, text, allowed, number -> Integer.parseInt(number.trim()));
        if (value < 1 || value > most) {
            throw new InvalidSettingException(PID, key, text, allowed);
        }
        return value;
    }

    private static Duration duration(String key, String text) {
        String allowed = HumanDuration.ALLOWED + ", from 100ms to 1m";
        Duration value = parsed(key, text, allowed, HumanDuration::parse);
        if (value.toMillis() < 100 || value.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new InvalidSettingException(PID, key, text, allowed);
        }
        return value;
    }

    private static <T> T parsed(String key, String text, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            var refusal = new InvalidSettingException(PID, key, text, allowed);
            refusal.initCause(e);
            throw refusal;
        }
    }
}
