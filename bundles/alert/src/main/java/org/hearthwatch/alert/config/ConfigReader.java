package org.hearthwatch.alert.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.alert.timeinterval.TimeInterval;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.alert.yaml.YamlDocument;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/** Reads an {@code alertmanager.yml} and checks all that can be known without the channels. Not thread-safe. */
public final class ConfigReader {

    private static final Set<String> TOP = Set.of(
            "global",
            "route",
            "inhibit_rules",
            "receivers",
            "templates",
            "mute_time_intervals",
            "time_intervals",
            "tracing",
            "event_recorder");

    private final YamlReader yaml = new YamlReader(false);
    private final Set<String> moreSections;

    private ConfigReader(Set<String> moreSections) {
        this.moreSections = moreSections;
    }

    /**
     * Reads the text of a file.
     *
     * @param moreSections sections of receivers that somebody here understands, beside Alertmanager's
     */
    public static ConfigFile read(String text, Set<String> moreSections) {
        YamlDocument document = YamlDocument.read(text);
        if (document.root().isEmpty()) {
            List<Problem> problems = document.problems().isEmpty()
                    ? List.of(Problem.of(Problem.Place.START, "no routes provided", Problem.Kind.VALUE))
                    : document.problems();
            return new ConfigFile(Optional.empty(), problems);
        }
        return new ConfigReader(moreSections).read(document.root().get(), text);
    }

    private ConfigFile read(YamlValue root, String text) {
        Map<String, YamlValue> top = yaml.fields(root, "config.plain", TOP);
        Map<String, YamlValue> global = field(top, "global")
                .map(value -> yaml.fields(value, "config.plain", Sections.GLOBAL))
                .orElse(Map.of());
        Duration resolveTimeout = yaml.parsed(field(global, "resolve_timeout"), PromDuration::parse)
                .orElse(AlertmanagerConfig.RESOLVE_TIMEOUT);
        var receivers = new ReceiverReader(yaml, moreSections);
        List<ReceiverConfig> allReceivers = yaml.list(field(top, "receivers"), "config.plain", receivers::read);
        Map<String, List<TimeInterval>> intervals = new LinkedHashMap<>();
        intervals(top, "mute_time_intervals", intervals);
        intervals(top, "time_intervals", intervals);
        List<InhibitConfig> inhibitRules =
                yaml.list(field(top, "inhibit_rules"), "config.plain", value -> inhibitRule(value));
        var routes = new RouteReader(yaml, receivers.names(), intervals.keySet());
        Optional<RouteConfig> route = field(top, "route").map(routes::root);
        if (route.isEmpty()) {
            yaml.refuse(root, "no routes provided");
        }
        List<String> templates = yaml.list(field(top, "templates"), "string", value -> yaml.text(Optional.of(value)));
        if (!yaml.problems().isEmpty()) {
            return new ConfigFile(Optional.empty(), yaml.problems());
        }
        var plain = new HashMap<String, Object>();
        global.forEach((name, value) -> plain.put(name, yaml.plain(value)));
        return new ConfigFile(
                route.map(tree -> new AlertmanagerConfig(
                        resolveTimeout, plain, tree, allReceivers, inhibitRules, intervals, templates, text)),
                List.of());
    }

    private void intervals(Map<String, YamlValue> top, String field, Map<String, List<TimeInterval>> into) {
        String kind = field.equals("time_intervals") ? "time interval" : "mute time interval";
        var reader = new IntervalReader(yaml);
        var unused = yaml.list(field(top, field), "config.plain", value -> {
            Map<String, YamlValue> fields = yaml.fields(value, "config.plain", Set.of("name", "time_intervals"));
            String name = yaml.text(field(fields, "name"));
            List<TimeInterval> times =
                    yaml.list(field(fields, "time_intervals"), "timeinterval.TimeInterval", reader::read);
            if (name.isEmpty()) {
                yaml.refuse(value, "missing name in " + kind);
            } else if (into.put(name, times) != null) {
                yaml.refuse(value, kind + " " + GoText.quote(name) + " is not unique");
            }
            return name;
        });
    }

    private InhibitConfig inhibitRule(YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(
                value,
                "config.plain",
                Set.of(
                        "name",
                        "source_match",
                        "source_match_re",
                        "source_matchers",
                        "target_match",
                        "target_match_re",
                        "target_matchers",
                        "equal"));
        var matchers = new MatcherReader(yaml);
        List<String> equal = yaml.list(field(fields, "equal"), "string", label -> {
            String name = yaml.text(Optional.of(label));
            if (name.isEmpty()) {
                yaml.refuse(label, "invalid label name \"\" in equal list");
            }
            return name;
        });
        return new InhibitConfig(
                yaml.text(field(fields, "name")),
                matchers.read(fields, "source_match", "source_match_re", "source_matchers"),
                matchers.read(fields, "target_match", "target_match_re", "target_matchers"),
                new ArrayList<>(equal));
    }

    static Optional<YamlValue> field(Map<String, YamlValue> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isNull());
    }
}
