package org.hearthwatch.alert.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/** Reads the routing tree. */
final class RouteReader {

    private static final Set<String> FIELDS = Set.of(
            "receiver",
            "group_by",
            "group_wait",
            "group_interval",
            "repeat_interval",
            "match",
            "match_re",
            "matchers",
            "mute_time_intervals",
            "active_time_intervals",
            "continue",
            "labels",
            "routes");

    /** Deeper than anybody writes; a bound on recursion. */
    private static final int DEEPEST = 100;

    private final YamlReader yaml;
    private final Set<String> receivers;
    private final Set<String> intervals;

    RouteReader(YamlReader yaml, Set<String> receivers, Set<String> intervals) {
        this.yaml = yaml;
        this.receivers = receivers;
        this.intervals = intervals;
    }

    RouteConfig root(YamlValue value) {
        RouteConfig root = read(value, 0);
        if (root.receiver().isEmpty()) {
            yaml.refuse(value, "root route must specify a default receiver");
        }
        if (!root.matchers().all().isEmpty()) {
            yaml.refuse(value, "root route must not have any matchers");
        }
        if (!root.muteTimeIntervals().isEmpty()) {
            yaml.refuse(value, "root route must not have any mute time intervals");
        }
        if (!root.activeTimeIntervals().isEmpty()) {
            yaml.refuse(value, "root route must not have any active time intervals");
        }
        return root;
    }

    private RouteConfig read(YamlValue value, int depth) {
        Map<String, YamlValue> fields = yaml.fields(value, "config.plain", FIELDS);
        if (depth > DEEPEST) {
            yaml.refuse(value, "routes are nested more than " + DEEPEST + " deep");
            fields.remove("routes");
        }
        Optional<String> receiver =
                Optional.of(yaml.text(ConfigReader.field(fields, "receiver"))).filter(name -> !name.isEmpty());
        receiver.filter(name -> !receivers.contains(name))
                .ifPresent(name -> yaml.refuse(
                        ConfigReader.field(fields, "receiver").orElse(value),
                        "undefined receiver " + GoText.quote(name) + " used in route"));
        Optional<List<String>> groupBy = ConfigReader.field(fields, "group_by").map(this::groupBy);
        boolean all = groupBy.filter(labels -> labels.contains("...")).isPresent();
        LabelMatchers matchers = new MatcherReader(yaml).read(fields, "match", "match_re", "matchers");
        return new RouteConfig(
                receiver,
                groupBy.filter(labels -> !all),
                all,
                yaml.parsed(ConfigReader.field(fields, "group_wait"), PromDuration::parse),
                positive(fields, "group_interval"),
                positive(fields, "repeat_interval"),
                matchers,
                intervals(fields, "mute_time_intervals"),
                intervals(fields, "active_time_intervals"),
                yaml.truth(ConfigReader.field(fields, "continue")),
                yaml.texts(ConfigReader.field(fields, "labels")),
                yaml.list(ConfigReader.field(fields, "routes"), "config.Route", route -> read(route, depth + 1)));
    }

    private Optional<Duration> positive(Map<String, YamlValue> fields, String field) {
        Optional<Duration> duration = yaml.parsed(ConfigReader.field(fields, field), PromDuration::parse);
        if (duration.filter(Duration::isZero).isPresent()) {
            yaml.refuse(ConfigReader.field(fields, field).orElseThrow(), field + " cannot be zero");
        }
        return duration;
    }

    private List<String> groupBy(YamlValue value) {
        var labels = new ArrayList<String>();
        var seen = new HashSet<String>();
        var unused = yaml.list(Optional.of(value), "string", element -> {
            String label = yaml.text(Optional.of(element));
            if (label.isEmpty()) {
                yaml.refuse(element, "invalid label name \"\" in group_by list");
            } else if (!seen.add(label)) {
                yaml.refuse(element, "duplicated label " + GoText.quote(label) + " in group_by");
            }
            labels.add(label);
            return label;
        });
        if (labels.contains("...") && labels.size() > 1) {
            yaml.refuse(value, "cannot have wildcard group_by (`...`) and other labels at the same time");
        }
        return labels;
    }

    private List<String> intervals(Map<String, YamlValue> fields, String field) {
        return yaml.list(ConfigReader.field(fields, field), "string", element -> {
            String name = yaml.text(Optional.of(element));
            if (!intervals.contains(name)) {
                yaml.refuse(element, "undefined time interval " + GoText.quote(name) + " used in route");
            }
            return name;
        });
    }
}
