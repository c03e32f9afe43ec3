package org.hearthwatch.collect.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.collect.Limits;
import org.hearthwatch.collect.RunnerSettings;

/**
 * The runner's configuration, understood.
 *
 * @param interval of collectors that state none
 * @param timeout of collectors that state none
 */
record Settings(RunnerSettings runner, Duration interval, Duration timeout, int threads, int replacements) {

    static final String PID = "org.hearthwatch.collect";

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    static Settings of(Config config, String hostName) {
        Duration interval = duration(PID, "interval", config.interval(), LONGEST);
        return new Settings(
                new RunnerSettings(
                        config.instance().isBlank()
                                ? hostName
                                : config.instance().strip(),
                        within("maxCollectors", config.maxCollectors(), 1, 10_000),
                        new Limits(
                                within("maxSeriesPerCollector", config.maxSeriesPerCollector(), 1, 1_000_000),
                                within("maxLabels", config.maxLabels(), 1, 100),
                                within("maxLabelValueLength", config.maxLabelValueLength(), 1, 65_536)),
                        duration(PID, "maxBackOff", config.maxBackOff(), LONGEST)),
                interval,
                duration(PID, "timeout", config.timeout(), interval),
                within("threads", config.threads(), 1, 64),
                within("replacementThreads", config.replacementThreads(), 0, 64));
    }

    /** @throws InvalidSettingException if the value is not a duration from a second to the longest */
    static Duration duration(String pid, String key, String value, Duration longest) {
        String allowed = HumanDuration.ALLOWED + ", from 1s to " + HumanDuration.format(longest);
        Duration duration;
        try {
            duration = HumanDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(pid, key, value, allowed);
        }
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(longest) > 0) {
            throw new InvalidSettingException(pid, key, value, allowed);
        }
        return duration;
    }

    /** The longest interval of a collector. */
    static Duration longest() {
        return LONGEST;
    }

    private static int within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidSettingException(
                    PID, key, Integer.toString(value), "a whole number from " + least + " to " + most);
        }
        return value;
    }
}
