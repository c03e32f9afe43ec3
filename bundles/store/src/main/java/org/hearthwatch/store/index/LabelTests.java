package org.hearthwatch.store.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** Tests labels that are in no index. Thread-safe. */
public final class LabelTests {

    private final ValueTests tests = new ValueTests();

    /**
     * Whether labels match all matchers.
     *
     * @throws IllegalArgumentException if a pattern is not valid
     */
    public Predicate<Labels> of(List<Matcher> matchers) {
        var conditions = new ArrayList<Predicate<Labels>>(matchers.size());
        for (Matcher matcher : matchers) {
            ValueTest test = tests.of(matcher);
            boolean negated = matcher.kind() == Matcher.Kind.NOT_EQUAL || matcher.kind() == Matcher.Kind.NOT_MATCHES;
            conditions.add(labels -> test.test(labels.get(matcher.label())) != negated);
        }
        return labels -> conditions.stream().allMatch(condition -> condition.test(labels));
    }
}
