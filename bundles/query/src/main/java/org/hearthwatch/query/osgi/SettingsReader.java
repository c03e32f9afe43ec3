package org.hearthwatch.query.osgi;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.syntax.Feature;

/** Makes settings of what stands in the configuration file. */
final class SettingsReader {

    static final String PID = "org.hearthwatch.query";

    static final SettingReader READER = new SettingReader(PID);

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
                READER.duration("timeout", config.timeout(), SECOND, Duration.ofHours(1)),
                READER.count("maxConcurrency", config.maxConcurrency(), 1, 1000),
                READER.count("maxSamples", config.maxSamples(), 1000, 1_000_000_000),
                memory(config.maxMemory()));
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    Dialect dialect(QueryConfig config) {
        return new Dialect(
                READER.duration("lookback", config.lookback(), SECOND, Duration.ofDays(1)),
                READER.duration("subqueryStep", config.subqueryStep(), SECOND, Duration.ofDays(1)),
                features(config.features()));
    }

    private long memory(String text) {
        long most = Math.max(MB, heapBytes / 2);
        String allowed = ByteSize.ALLOWED + ", from 1MB to half of the heap, which is " + new ByteSize(most);
        long bytes = READER.parsed("maxMemory", text, allowed, ByteSize::parse).bytes();
        if (bytes < MB || bytes > most) {
            throw READER.refused("maxMemory", text, allowed);
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
                features.add(Feature.ofFlag(flag.trim()).orElseThrow(() -> READER.refused("features", text, allowed)));
            }
        }
        return features;
    }
}
