package org.hearthwatch.prometheus.http;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.function.Predicate;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** Holds matchers against labels that are in no store. Patterns run in linear time, whoever wrote them. */
final class Matching {

    /** How re2j writes the flag. */
    private static final String DOT_IS_ALL = "(?s)";

    private Matching() {}

    /**
     * Whether a label's value fulfils a matcher.
     *
     * @throws PatternSyntaxException for a pattern that is none
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

    /** The part of a pattern that cannot be read, without the flag that was put in front of the whole. */
    static String written(PatternSyntaxException e) {
        String part = String.valueOf(e.getPattern());
        return part.startsWith(DOT_IS_ALL) ? part.substring(DOT_IS_ALL.length()) : part;
    }

    private static Predicate<String> pattern(String text) {
        Pattern pattern = Pattern.compile(text, Pattern.DOTALL);
        return pattern::matches;
    }
}
