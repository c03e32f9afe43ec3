package org.hearthwatch.collector.runtime.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.classify.DataClasses;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Schedule;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.health.Finding;

/** Holds configurations against what the bundles declare. Shows no value that may be secret. */
public final class ConfigurationDoctor {

    private static final String OURS = "org.hearthwatch.";
    private static final Set<String> SCHEDULE = Set.of(Schedule.INTERVAL, Schedule.TIMEOUT);
    private static final Set<String> NAMES = Set.of(CollectorName.COLLECTOR, CollectorName.JOB);

    private final Map<String, Schema> schemas = new HashMap<>();

    public ConfigurationDoctor(Collection<Schema> schemas) {
        schemas.forEach(schema -> this.schemas.put(schema.pid(), schema));
    }

    /** What is wrong with one configuration; nothing is said of those no bundle declares, unless they look like ours. */
    public List<Finding> examine(ConfigurationState configuration) {
        Schema schema = schemas.get(configuration.schemaPid());
        if (schema == null) {
            return configuration.schemaPid().startsWith(OURS)
                            && configuration.file().isPresent()
                            && hasSettings(configuration)
                    ? List.of(new Finding(
                            Finding.Severity.INFO,
                            configuration.place(),
                            "no installed bundle has settings under " + configuration.schemaPid(),
                            "check the name of the file, or install the bundle it is for"))
                    : List.of();
        }
        var findings = new ArrayList<Finding>();
        new TreeMap<>(configuration.values()).forEach((key, value) -> {
            if (!isTechnical(key)) {
                problem(schema, key, value)
                        .ifPresent(problem -> findings.add(new Finding(
                                Finding.Severity.WARNING,
                                configuration.place(),
                                problem,
                                "mend the file; it takes effect when saved")));
            }
        });
        return findings;
    }

    private static Optional<String> problem(Schema schema, String key, String value) {
        Setting setting = schema.settings().get(key);
        if (setting != null) {
            String shown = setting.isSecret() || isSecret(schema.pid(), key) ? "" : " = " + value;
            return setting.refusal(value).map(allowed -> key + shown + " is not allowed; it takes " + allowed);
        }
        if (SCHEDULE.contains(key)) {
            return isSchedule(value)
                    ? Optional.empty()
                    : Optional.of(key + " = " + value + " is not allowed; it takes " + HumanDuration.ALLOWED
                            + ", from 1s to 1d");
        }
        return NAMES.contains(key)
                ? Optional.empty()
                : Optional.of("there is no setting " + key + "; there are "
                        + String.join(", ", schema.settings().keySet()));
    }

    private static boolean isSecret(String pid, String key) {
        return DataClasses.known().setting(pid, key).equals(Optional.of(DataClass.SECRET));
    }

    private static boolean isSchedule(String value) {
        try {
            Duration duration = HumanDuration.parse(value);
            return duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofDays(1)) <= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasSettings(ConfigurationState configuration) {
        return configuration.values().keySet().stream().anyMatch(key -> !isTechnical(key));
    }

    /** Keys that Config Admin, File Install or Declarative Services put there, not people. */
    static boolean isTechnical(String key) {
        return key.startsWith("service.")
                || key.startsWith("felix.fileinstall.")
                || key.startsWith("component.")
                || key.startsWith(".")
                || key.endsWith(".target");
    }
}
