package org.hearthwatch.store.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.store.StoreSettings;

/** Makes settings of what stands in the configuration file. */
final class SettingsReader {

    static final String PID = "org.hearthwatch.store";

    static final SettingReader READER = new SettingReader(PID);

    private static final long MB = 1L << 20;
    private static final int MOST_SERIES = 10_000_000;

    private final long heapBytes;

    /** For a heap of a size, of which samples may take half. */
    SettingsReader(long heapBytes) {
        this.heapBytes = heapBytes;
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    StoreSettings read(StoreConfig config) {
        return new StoreSettings(
                READER.duration("retention", config.retention(), Duration.ofHours(1), Duration.ofDays(36_500)),
                retentionSize(config.retentionSize()),
                READER.bytes("memory", config.memory(), MB, Math.max(MB, heapBytes / 2)),
                READER.duration("outOfOrderWindow", config.outOfOrderWindow(), Duration.ZERO, Duration.ofDays(3650)),
                READER.duration("futureWindow", config.futureWindow(), Duration.ZERO, Duration.ofDays(1)),
                READER.count("maxSeries", config.maxSeries(), 1, MOST_SERIES),
                READER.duration("commitInterval", config.commitInterval(), Duration.ZERO, Duration.ofSeconds(10)),
                READER.bytes("reserve", config.reserve(), 0, 1024 * MB),
                TiersReader.tiers(config.tiers()),
                RulesReader.rules(config.metricRetention()),
                READER.bytes("tailLimit", config.tailLimit(), 0, Long.MAX_VALUE),
                StoreSettings.DEFAULTS.cut());
    }

    private static long retentionSize(String text) {
        if (text.trim().equals("0")) {
            return 0;
        }
        return READER.bytes("retentionSize", text, 64 * MB, Long.MAX_VALUE);
    }
}
