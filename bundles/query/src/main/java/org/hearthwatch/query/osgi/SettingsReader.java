package org.hearthwatch.query.osgi;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.syntax.Feature;

/** Makes settings of what stands in the configuration file. */
final class SettingsReader {

    static final String PID = "org.hearthwatch.query";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MB = 1L << 20;

    private final long heapBytes;

    /** For a heap of a size, of which queries may take half. */
    SettingsReader(long heapBytes) {
        this.heapBytes = heapBytes;
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    Limits limits(QueryConfig config) {
        return new Limits(
                duration("timeout", config.timeout(), SECOND, Duration.ofHours(1)),
                (int) count("maxConcurrency", config.maxConcurrency(), 1, 1000),
                count("maxSamples", config.maxSamples(), 1000, 1_000_000_000),
                memory(config.maxMemory()));
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    Dialect dialect(QueryConfig config) {
        return new Dialect(
                duration("lookback", config.lookback(), SECOND, Duration.ofDays(1)),
                duration("subqueryStep", config.subqueryStep(), SECOND, Duration.ofDays(1)),
                features(config.features()));
    }

    static Duration duration(String key, String text, Duration least, Duration most) {
        String allowed =
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(least) + " to " + HumanDuration.format(most);
        Duration value = parsed(key, text, allowed, HumanDuration::parse);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidSettingException(PID, key, text, allowed);
        }
        return value;
    }

    private static long count(String key, String text, long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        long value = parsed(key, text, allowed, number -> Long.parseLong(number.trim()));
        if (value < least || value > most) {
            throw new InvalidSettingException(PID, key, text, allowed);
        }
        return value;
    }

    private long memory(String text) {
        long most = Math.max(MB, heapBytes / 2);
        String allowed = ByteSize.ALLOWED + ", from 1MB to half of the heap, which is " + new ByteSize(most);
        long bytes = parsed("maxMemory", text, allowed, ByteSize::parse).bytes();
        if (bytes < MB || bytes > most) {
            throw new InvalidSettingException(PID, "maxMemory", text, allowed);
        }
        return bytes;
    }

    private static Set<Feature> features(String text) {
        String allowed = "any of "
                + Arrays.stream(Feature.values()).map(Feature::flag).collect(Collectors.joining(", "))
                + ", separated by commas";
        var features = EnumSet.noneOf(Feature.class);
        for (String flag : text.split(",", -1)) {
            if (!flag.isBlank()) {
                features.add(Feature.ofFlag(flag.trim())
                        .orElseThrow(() -> new InvalidSettingException(PID, "features", text, allowed)));
            }
        }
        return features;
    }

    static <T> T parsed(String key, String text, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            var refusal = new InvalidSettingException(PID, key, text, allowed);
            refusal.initCause(e);
            throw refusal;
        }
    }
}
