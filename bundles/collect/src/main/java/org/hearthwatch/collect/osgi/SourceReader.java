package org.hearthwatch.collect.osgi;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Schedule;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.collect.Source;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a collector's service properties say of its name and schedule; what is not allowed is logged and left. */
final class SourceReader {

    private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);

    private final Settings settings;

    SourceReader(Settings settings) {
        this.settings = settings;
    }

    Source read(Collector collector, Map<String, ?> properties, String bundle) {
        String pid = pid(properties);
        String name = text(properties, CollectorName.COLLECTOR)
                .map(SourceReader::clean)
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> nameFrom(pid, properties, collector));
        String job = text(properties, CollectorName.JOB).orElse(name);
        String file = pid.isEmpty() ? bundle : pid;
        Duration interval =
                duration(file, name, Schedule.INTERVAL, properties, Settings.longest(), settings.interval());
        Duration usual = settings.timeout().compareTo(interval) < 0 ? settings.timeout() : interval;
        return new Source(
                collector,
                name,
                job,
                bundle,
                interval,
                duration(file, name, Schedule.TIMEOUT, properties, interval, usual));
    }

    private static Duration duration(
            String pid, String name, String key, Map<String, ?> properties, Duration longest, Duration otherwise) {
        Optional<String> value = text(properties, key);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return new SettingReader(pid).duration(key, value.get(), Settings.SHORTEST, longest);
        } catch (InvalidSettingException e) {
            LOG.error("{}. Collector {} runs with {} instead", e.getMessage(), name, HumanDuration.format(otherwise));
            return otherwise;
        }
    }

    private static String nameFrom(String pid, Map<String, ?> properties, Collector collector) {
        String whole = pid.isEmpty()
                ? text(properties, "component.name").orElse(collector.getClass().getName())
                : pid;
        int instance = whole.indexOf('~');
        String factory = instance < 0 ? whole : whole.substring(0, instance);
        String last = factory.substring(factory.lastIndexOf('.') + 1);
        String name = clean(instance < 0 ? last : last + "-" + whole.substring(instance + 1));
        return name.isEmpty() ? "collector" : name;
    }

    private static String pid(Map<String, ?> properties) {
        Object pid = properties.get(Constants.SERVICE_PID);
        if (pid instanceof String one) {
            return one;
        }
        if (pid instanceof String[] several && several.length > 0) {
            return several[several.length - 1];
        }
        if (pid instanceof Collection<?> several) {
            return several.stream()
                    .map(String::valueOf)
                    .reduce((first, second) -> second)
                    .orElse("");
        }
        return "";
    }

    private static Optional<String> text(Map<String, ?> properties, String key) {
        return Optional.ofNullable(properties.get(key))
                .map(Object::toString)
                .map(String::strip)
                .filter(s -> !s.isEmpty());
    }

    private static String clean(String name) {
        String allowed = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return allowed.substring(0, Math.min(100, allowed.length()));
    }
}
