package org.hearthwatch.alert.matching;

import java.util.List;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;

/** Conditions that must all hold, sorted as Alertmanager sorts them; none hold for everything. */
public record LabelMatchers(List<LabelMatcher> all) {

    /** No conditions. */
    public static final LabelMatchers NONE = new LabelMatchers(List.of());

    public LabelMatchers {
        all = all.stream().sorted().toList();
    }

    public boolean matches(Labels labels) {
        for (LabelMatcher matcher : all) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** As Alertmanager writes them, {@code {a="b",c=~"d"}}. */
    @Override
    public String toString() {
        return all.stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
