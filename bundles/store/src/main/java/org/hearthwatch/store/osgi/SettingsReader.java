package org.hearthwatch.store.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.store.StoreSettings;

/** Makes settings of what stands in the configuration file. */
final class SettingsReader {

    static final String PID = "org.hearthwatch.store";

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
                duration("retention", config.retention(), Duration.ofHours(1), Duration.ofDays(36_500)),
                retentionSize(config.retentionSize()),
                size("memory", config.memory(), MB, Math.max(MB, heapBytes / 2)),
                duration("outOfOrderWindow", config.outOfOrderWindow(), Duration.ZERO, Duration.ofDays(3650)),
                duration("futureWindow", config.futureWindow(), Duration.ZERO, Duration.ofDays(1)),
                count("maxSeries", config.maxSeries(), MOST_SERIES),
                duration("commitInterval", config.commitInterval(), Duration.ZERO, Duration.ofSeconds(10)),
                size("reserve", config.reserve(), 0, 1024 * MB),
                TiersReader.tiers(config.tiers()),
                RulesReader.rules(config.metricRetention()),
                size("tailLimit", config.tailLimit(), 0, Long.MAX_VALUE),
                StoreSettings.DEFAULTS.cut());
    }

    private static long retentionSize(String text) {
        if (text.trim().equals("0")) {
            return 0;
        }
        return size("retentionSize", text, 64 * MB, Long.MAX_VALUE);
    }

    private static int count(String key, String text, int most) {
        String allowed = "a whole number from 1 to " + most;
        try {
            int value = Integer.parseInt(text.trim());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(key, text, allowed, e);
        }
        throw new InvalidSettingException(PID, key, text, allowed);
    }

    private static Duration duration(String key, String text, Duration least, Duration most) {
        String allowed =
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(least) + " to " + HumanDuration.format(most);
        try {
            Duration value = HumanDuration.parse(text);
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw refused(key, text, allowed, e);
        }
        throw new InvalidSettingException(PID, key, text, allowed);
    }

    private static long size(String key, String text, long least, long most) {
        String allowed = ByteSize.ALLOWED + ", from " + new ByteSize(least)
                + (most == Long.MAX_VALUE ? "" : " to " + new ByteSize(most));
        try {
            long bytes = ByteSize.parse(text).bytes();
            if (bytes >= least && bytes <= most) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw refused(key, text, allowed, e);
        }
        throw new InvalidSettingException(PID, key, text, allowed);
    }

    static InvalidSettingException refused(String key, String text, String allowed, Exception cause) {
        var refusal = new InvalidSettingException(PID, key, text, allowed);
        refusal.initCause(cause);
        return refusal;
    }
}
