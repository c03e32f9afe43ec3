package org.hearthwatch.alert.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hearthwatch.alert.matching.LabelMatcher;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.alert.matching.MatcherText;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;
import org.hearthwatch.api.store.Matcher;

/** Reads conditions in the three ways in which they may be written. */
record MatcherReader(YamlReader yaml) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** Conditions from up to three fields: equal texts, patterns, and the notation of today. */
    LabelMatchers read(Map<String, YamlValue> fields, String equal, String patterns, String matchers) {
        var all = new ArrayList<LabelMatcher>();
        byName(fields, equal, Matcher.Kind.EQUAL, all);
        byName(fields, patterns, Matcher.Kind.MATCHES, all);
        List<List<LabelMatcher>> lines = yaml.list(
                ConfigReader.field(fields, matchers),
                "string",
                line -> yaml.parsed(Optional.of(line), MatcherText::parse).orElse(List.of()));
        lines.forEach(all::addAll);
        return new LabelMatchers(all);
    }

    private void byName(Map<String, YamlValue> fields, String field, Matcher.Kind kind, List<LabelMatcher> into) {
        Map<String, YamlValue> conditions = ConfigReader.field(fields, field)
                .map(value -> yaml.anyFields(value, "map[string]string"))
                .orElse(Map.of());
        conditions.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                yaml.refuse(value, "invalid label name " + GoText.quote(name));
            }
            Function<String, LabelMatcher> made = text -> LabelMatcher.of(new Matcher(name, kind, text));
            yaml.parsed(Optional.of(value), made).ifPresent(into::add);
        });
    }
}
