package org.hearthwatch.prometheus.http;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Predicate;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** Holds matchers against labels that are in no store. Patterns run in linear time, whoever wrote them. */
final class Matching {

    private Matching() {}

    /**
     * Whether a label's value fulfils a matcher.
     *
     * @throws com.google.re2j.PatternSyntaxException in Prometheus' words
     */
    static Predicate<String> of(Matcher matcher) {
        return switch (matcher.kind()) {
            case EQUAL -> matcher.value()::equals;
            case NOT_EQUAL -> value -> !matcher.value().equals(value);
            case MATCHES -> pattern(matcher.value());
            case NOT_MATCHES -> pattern(matcher.value()).negate();
        };
    }

    /** Whether labels fulfil all of the matchers. */
    static Predicate<Labels> of(List<Matcher> matchers) {
        return matchers.stream()
                .map(matcher -> {
                    Predicate<String> value = of(matcher);
                    return (Predicate<Labels>) labels -> value.test(labels.get(matcher.label()));
                })
                .reduce(labels -> true, Predicate::and);
    }

    private static Predicate<String> pattern(String text) {
        Pattern pattern = Pattern.compile(text, Pattern.DOTALL);
        return pattern::matches;
    }
}
