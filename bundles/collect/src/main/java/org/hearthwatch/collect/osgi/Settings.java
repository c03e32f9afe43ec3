package org.hearthwatch.collect.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.collect.Limits;
import org.hearthwatch.collect.RunnerSettings;

/**
 * The runner's configuration, understood. A setting that is not allowed has its default here: one slip in a file must not
 * leave the appliance blind at its start.
 *
 * @param interval of collectors that state none
 * @param timeout of collectors that state none
 * @param refused what is not allowed, for people
 */
record Settings(
        RunnerSettings runner,
        Duration interval,
        Duration timeout,
        int threads,
        int replacements,
        List<String> refused) {

    static final String PID = "org.hearthwatch.collect";

    private static final SettingReader READER = new SettingReader(PID);

    /** The shortest interval and time-out of a collector. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    Settings {
        refused = List.copyOf(refused);
    }

    static Settings of(Config config, String hostName) {
        var reader = new Reader();
        Duration interval = reader.duration("interval", config.interval(), LONGEST, Duration.ofSeconds(15));
        Duration usual = Duration.ofSeconds(10);
        Duration timeout = reader.duration(
                "timeout", config.timeout(), interval, usual.compareTo(interval) < 0 ? usual : interval);
        return new Settings(
                new RunnerSettings(
                        config.instance().isBlank()
                                ? hostName
                                : config.instance().strip(),
                        reader.number("maxCollectors", config::maxCollectors, 1, 10_000, 500),
                        new Limits(
                                reader.number(
                                        "maxSeriesPerCollector", config::maxSeriesPerCollector, 1, 1_000_000, 20_000),
                                reader.number("maxLabels", config::maxLabels, 1, 100, 30),
                                reader.number("maxLabelValueLength", config::maxLabelValueLength, 1, 65_536, 1024)),
                        reader.duration("maxBackOff", config.maxBackOff(), LONGEST, Duration.ofMinutes(10))),
                interval,
                timeout,
                reader.number("threads", config::threads, 1, 64, 4),
                reader.number("replacementThreads", config::replacementThreads, 0, 64, 8),
                reader.refused);
    }

    /** The longest interval of a collector. */
    static Duration longest() {
        return LONGEST;
    }

    private static final class Reader {

        private final List<String> refused = new ArrayList<>();

        Duration duration(String key, String value, Duration longest, Duration otherwise) {
            try {
                return READER.duration(key, value, SHORTEST, longest);
            } catch (InvalidSettingException e) {
                refused.add(e.getMessage());
                return otherwise;
            }
        }

        int number(String key, IntSupplier setting, int least, int most, int otherwise) {
            try {
                return READER.count(key, setting.getAsInt(), least, most);
            } catch (InvalidSettingException e) {
                refused.add(e.getMessage());
            } catch (RuntimeException e) { // the container's, for text that is no number; it does not say which text
                refused.add(READER.refused(key, "(no whole number)", "a whole number from " + least + " to " + most)
                        .getMessage());
            }
            return otherwise;
        }
    }
}
