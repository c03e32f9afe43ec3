package org.hearthwatch.alert.api;

import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.matching.LabelMatcher;
import org.hearthwatch.alert.matching.MatcherText;
import org.hearthwatch.api.store.Matcher;

/** Conditions by which the API's answers are narrowed; an empty value asks whether a label is there at all. */
record Filters(List<LabelMatcher> matchers) {

    /** @throws IllegalArgumentException if one cannot be read */
    static Filters of(List<String> texts) {
        return new Filters(texts.stream().map(MatcherText::parseOne).toList());
    }

    boolean matches(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matches(matcher, labels));
    }

    private static boolean matches(LabelMatcher matcher, Map<String, String> labels) {
        boolean there = labels.containsKey(matcher.label());
        Matcher.Kind kind = matcher.matcher().kind();
        boolean negative = kind == Matcher.Kind.NOT_EQUAL || kind == Matcher.Kind.NOT_MATCHES;
        if (matcher.matcher().value().isEmpty() && negative == there) {
            return true;
        }
        return matcher.matches(labels.getOrDefault(matcher.label(), ""));
    }

    /** Whether every condition is one of others, word for word. */
    boolean areAmong(List<Matcher> others) {
        return matchers.stream().allMatch(matcher -> others.contains(matcher.matcher()));
    }
}
