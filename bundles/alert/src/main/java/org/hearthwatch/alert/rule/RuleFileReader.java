package org.hearthwatch.alert.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.alert.yaml.YamlDocument;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;

/** Reads rule files and checks all that can be known without data, in Prometheus's words. Thread-safe. */
public final class RuleFileReader {

    private static final Set<String> FILE_FIELDS = Set.of("groups");
    private static final Set<String> GROUP_FIELDS =
            Set.of("name", "interval", "query_offset", "limit", "rules", "labels");
    private static final Set<String> RULE_FIELDS =
            Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

    private final QueryEngine engine;
    private final boolean ignoresUnknown;

    /**
     * A reader.
     *
     * @param engine tells whether expressions are good
     * @param ignoresUnknown whether fields that are not known are passed over rather than refused
     */
    public RuleFileReader(QueryEngine engine, boolean ignoresUnknown) {
        this.engine = engine;
        this.ignoresUnknown = ignoresUnknown;
    }

    /** Reads the text of a file; what is wrong with it stands in the result. */
    public RuleFile read(String text) {
        Written written = written(text, ignoresUnknown);
        var problems = new ArrayList<>(written.problems());
        var names = new HashSet<String>();
        for (Raw raw : written.groups()) {
            checkGroup(raw, names, problems);
        }
        return written.file(problems);
    }

    /** Reads a text whose rules were checked before, such as those that come with the program: its tests check them. */
    static RuleFile readChecked(String text) {
        Written written = written(text, false);
        return written.file(written.problems());
    }

    private static Written written(String text, boolean ignoresUnknown) {
        YamlDocument document = YamlDocument.read(text);
        if (document.root().isEmpty()) {
            return new Written(List.of(), document.problems());
        }
        var yaml = new YamlReader(ignoresUnknown);
        List<Raw> groups = yaml.list(
                get(yaml.fields(document.root().get(), "rulefmt.RuleGroups", FILE_FIELDS), "groups"),
                "rulefmt.RuleGroupNode",
                value -> raw(yaml, value));
        return new Written(yaml.problems().isEmpty() ? groups : List.of(), yaml.problems());
    }

    /** What a text says, or why it cannot be read. */
    private record Written(List<Raw> groups, List<Problem> problems) {

        RuleFile file(List<Problem> all) {
            return new RuleFile(groups.stream().map(Raw::group).toList(), all);
        }
    }

    /** A group with the places of its parts. */
    private record Raw(YamlValue value, RuleGroup group, List<RawRule> rules) {}

    private record RawRule(YamlValue value, Map<String, YamlValue> fields, String record, String alert, Rule rule) {

        Problem.Place place(String field) {
            return Optional.ofNullable(fields.get(field)).orElse(value).place();
        }
    }

    private static Optional<YamlValue> get(Map<String, YamlValue> fields, String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private static Raw raw(YamlReader yaml, YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(value, "rulefmt.RuleGroup", GROUP_FIELDS);
        List<RawRule> rules = yaml.list(get(fields, "rules"), "rulefmt.RuleNode", rule -> rawRule(yaml, rule));
        var group = new RuleGroup(
                yaml.text(get(fields, "name")),
                duration(yaml, fields, "interval").filter(interval -> !interval.isZero()),
                duration(yaml, fields, "query_offset"),
                yaml.integer(get(fields, "limit")),
                yaml.texts(get(fields, "labels")),
                rules.stream().map(RawRule::rule).toList());
        return new Raw(value, group, rules);
    }

    private static Optional<Duration> duration(YamlReader yaml, Map<String, YamlValue> fields, String name) {
        return yaml.parsed(get(fields, name), PromDuration::parse);
    }

    private static RawRule rawRule(YamlReader yaml, YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(value, "rulefmt.Rule", RULE_FIELDS);
        String record = yaml.text(get(fields, "record"));
        String alert = yaml.text(get(fields, "alert"));
        String expression = yaml.text(get(fields, "expr"));
        Map<String, String> labels = yaml.texts(get(fields, "labels"));
        Map<String, String> annotations = yaml.texts(get(fields, "annotations"));
        Duration holdFor = duration(yaml, fields, "for").orElse(Duration.ZERO);
        Duration keepFiringFor = duration(yaml, fields, "keep_firing_for").orElse(Duration.ZERO);
        int line = value.place().line();
        Rule rule = alert.isEmpty()
                ? new Rule.Recording(record, expression, labels, line)
                : new Rule.Alerting(alert, expression, holdFor, keepFiringFor, labels, annotations, line);
        return new RawRule(value, fields, record, alert, rule);
    }

    private void checkGroup(Raw raw, Set<String> names, List<Problem> problems) {
        RuleGroup group = raw.group();
        Problem.Place place = raw.value().place();
        if (group.name().isEmpty()) {
            problems.add(wrong(place, "Groupname must not be empty"));
        }
        if (!names.add(group.name())) {
            problems.add(wrong(place, "groupname: \"" + group.name() + "\" is repeated in the same file"));
        }
        group.labels().keySet().stream()
                .filter(name -> !isLabelName(name))
                .forEach(name -> problems.add(wrong(place, "invalid label name: " + name)));
        for (int i = 0; i < raw.rules().size(); i++) {
            RawRule rule = raw.rules().get(i);
            String where = "group " + GoText.quote(group.name()) + ", rule " + (i + 1) + ", "
                    + GoText.quote(rule.rule().name()) + ": ";
            for (Problem problem : checkRule(rule)) {
                problems.add(new Problem(problem.place(), problem.second(), where + problem.text(), problem.kind()));
            }
        }
    }

    private List<Problem> checkRule(RawRule raw) {
        var problems = new ArrayList<Problem>();
        if (!raw.record().isEmpty() && !raw.alert().isEmpty()) {
            problems.add(new Problem(
                    raw.place("record"),
                    Optional.of(raw.place("alert")),
                    "only one of 'record' and 'alert' must be set",
                    Problem.Kind.VALUE));
        }
        if (raw.record().isEmpty() && raw.alert().isEmpty()) {
            problems.add(wrong(raw.place("record"), "one of 'record' or 'alert' must be set"));
        }
        checkExpression(raw, problems);
        if (!raw.record().isEmpty()) {
            checkRecording(raw, problems);
        }
        for (String name : raw.rule().labels().keySet()) {
            if (!isLabelName(name)) {
                problems.add(wrong(raw.place("labels"), "invalid label name: " + name));
            }
        }
        if (raw.rule() instanceof Rule.Alerting alerting) {
            alerting.annotations().keySet().stream()
                    .filter(String::isEmpty)
                    .forEach(name -> problems.add(wrong(raw.place("annotations"), "invalid annotation name: " + name)));
            AlertTexts.problems(alerting.name(), "label", alerting.labels())
                    .forEach(text -> problems.add(wrong(raw.place("labels"), text)));
            AlertTexts.problems(alerting.name(), "annotation", alerting.annotations())
                    .forEach(text -> problems.add(wrong(raw.place("annotations"), text)));
        }
        return problems;
    }

    private void checkExpression(RawRule raw, List<Problem> problems) {
        if (raw.rule().expression().isEmpty()) {
            problems.add(wrong(raw.place("expr"), "field 'expr' must be set in rule"));
            return;
        }
        try {
            engine.format(raw.rule().expression());
        } catch (QueryException e) {
            problems.add(wrong(raw.place("expr"), "could not parse expression: " + e.getMessage()));
        }
    }

    private static void checkRecording(RawRule raw, List<Problem> problems) {
        Problem.Place place = raw.place("record");
        for (String field : List.of("annotations", "for", "keep_firing_for")) {
            YamlValue value = raw.fields().get(field);
            if (value != null && !value.isNull() && !isNothing(value)) {
                problems.add(wrong(place, "invalid field '" + field + "' in recording rule"));
            }
        }
        if (raw.record().indexOf('{') >= 0 || raw.record().indexOf('}') >= 0) {
            problems.add(
                    wrong(place, "braces present in the recording rule name; should it be in expr?: " + raw.record()));
        }
    }

    /** An empty mapping and a duration of 0 are as good as absent. */
    private static boolean isNothing(YamlValue value) {
        return value.isEmptyMapping()
                || value.scalar().filter(text -> text.matches("0|0[a-z]+")).isPresent();
    }

    private static boolean isLabelName(String name) {
        return !name.isEmpty() && !name.equals(Labels.NAME);
    }

    private static Problem wrong(Problem.Place place, String text) {
        return Problem.of(place, text, Problem.Kind.VALUE);
    }
}
