package org.hearthwatch.store.blocks;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** Tells whether labels fulfil all of some conditions. Immutable and thread-safe; equal to one with the same conditions. */
public final class Selector implements Keeping.LabelTest {

    private final List<Matcher> matchers;
    private final Map<Matcher, Pattern> patterns = new HashMap<>();

    /** @throws IllegalArgumentException if a pattern is not valid */
    public Selector(List<Matcher> matchers) {
        this.matchers = List.copyOf(matchers);
        for (Matcher matcher : matchers) {
            if (matcher.kind() == Matcher.Kind.MATCHES || matcher.kind() == Matcher.Kind.NOT_MATCHES) {
                patterns.put(matcher, Pattern.compile(matcher.value(), Pattern.DOTALL));
            }
        }
    }

    @Override
    public boolean matches(Labels labels) {
        return matchers.stream().allMatch(matcher -> fulfils(labels.get(matcher.label()), matcher));
    }

    private boolean fulfils(String value, Matcher matcher) {
        Pattern pattern = patterns.get(matcher);
        return switch (matcher.kind()) {
            case EQUAL -> value.equals(matcher.value());
            case NOT_EQUAL -> !value.equals(matcher.value());
            case MATCHES -> pattern != null && pattern.matches(value);
            case NOT_MATCHES -> pattern != null && !pattern.matches(value);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector that && matchers.equals(that.matchers);
    }

    @Override
    public int hashCode() {
        return matchers.hashCode();
    }

    @Override
    public String toString() {
        return matchers.toString();
    }
}
