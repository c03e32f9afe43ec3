package org.hearthwatch.prometheus.osgi;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.prometheus.in.PushLimits;

/** Makes limits of what stands in the configuration file. */
final class PushSettings {

    static final String PID = "org.hearthwatch.prometheus";

    private static final SettingReader READER = new SettingReader(PID);
    private static final long LEAST_BODY = 64 << 10;
    private static final long MOST_BODY = 1 << 30;

    private PushSettings() {}

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    static PushLimits read(PushConfig config) {
        long body = READER.bytes("maxBody", config.maxBody(), LEAST_BODY, MOST_BODY);
        long unpacked = READER.bytes("maxUnpackedBody", config.maxUnpackedBody(), LEAST_BODY, MOST_BODY);
        return new PushLimits(
                body,
                unpacked,
                READER.count("maxSamplesPerRequest", config.maxSamplesPerRequest(), 1, 10_000_000),
                READER.count("samplesPerSecond", config.samplesPerSecond(), 1, 100_000_000),
                READER.count("maxSeriesPerSender", config.maxSeriesPerSender(), 1, 10_000_000),
                // Unpacking gzip doubles its room as it goes, and a request must fit alone.
                READER.bytes("memory", config.memory(), body + unpacked, 64L << 30),
                READER.duration("patience", config.patience(), Duration.ofMillis(100), Duration.ofMinutes(1)));
    }

    static Set<String> promoted(PushConfig config) {
        return Arrays.stream(config.promoteResourceAttributes().split(",", -1))
                .map(String::strip)
                .filter(attribute -> !attribute.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
