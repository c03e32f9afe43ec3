package org.hearthwatch.alert.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.alert.yaml.YamlDocument;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/**
 * What of a {@code prometheus.yml} concerns rules; everything else in it is passed over.
 *
 * @param evaluationInterval of groups that name none
 * @param queryOffset of groups that name none
 * @param externalLabels of this appliance towards others
 * @param ruleFiles patterns, relative to the file's folder
 * @param problems all that is wrong with it; it is to be used only if there is nothing
 */
public record PrometheusGlobals(
        Optional<Duration> evaluationInterval,
        Optional<Duration> queryOffset,
        Map<String, String> externalLabels,
        List<String> ruleFiles,
        List<Problem> problems) {

    /** Where there is no such file. */
    public static final PrometheusGlobals NONE =
            new PrometheusGlobals(Optional.empty(), Optional.empty(), Map.of(), List.of(), List.of());

    public PrometheusGlobals {
        externalLabels = Map.copyOf(externalLabels);
        ruleFiles = List.copyOf(ruleFiles);
        problems = List.copyOf(problems);
    }

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([^}]*)}|(\\w+)|(\\$))");

    /**
     * Reads the text of a file.
     *
     * @param environment what stands for {@code $NAME} and {@code ${NAME}} in external labels; one that is not there stands
     *     for nothing
     */
    public static PrometheusGlobals read(String text, Map<String, String> environment) {
        YamlDocument document = YamlDocument.read(text);
        if (document.root().isEmpty()) {
            return new PrometheusGlobals(Optional.empty(), Optional.empty(), Map.of(), List.of(), document.problems());
        }
        var yaml = new YamlReader(true);
        Map<String, YamlValue> top =
                yaml.fields(document.root().get(), "config.Config", Set.of("global", "rule_files"));
        Map<String, YamlValue> global = top.containsKey("global")
                ? yaml.fields(
                        Optional.ofNullable(top.get("global")).orElseThrow(),
                        "config.GlobalConfig",
                        Set.of("evaluation_interval", "rule_query_offset", "external_labels"))
                : Map.of();
        return new PrometheusGlobals(
                yaml.parsed(get(global, "evaluation_interval"), PromDuration::parse)
                        .filter(interval -> !interval.isZero()),
                yaml.parsed(get(global, "rule_query_offset"), PromDuration::parse),
                expanded(yaml.texts(get(global, "external_labels")), environment),
                yaml.list(get(top, "rule_files"), "string", value -> yaml.text(Optional.of(value))),
                yaml.problems());
    }

    private static Map<String, String> expanded(Map<String, String> labels, Map<String, String> environment) {
        var expanded = new TreeMap<>(labels);
        expanded.replaceAll((label, value) -> VARIABLE.matcher(value).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(
                    found.group(3) == null ? environment.getOrDefault(String.valueOf(name), "") : "$");
        }));
        return expanded;
    }

    private static Optional<YamlValue> get(Map<String, YamlValue> fields, String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
