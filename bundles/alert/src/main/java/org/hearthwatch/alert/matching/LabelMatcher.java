package org.hearthwatch.alert.matching;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** A condition on one label, ready to be held against labels. Patterns run in linear time, whoever wrote them. Immutable. */
public final class LabelMatcher implements Comparable<LabelMatcher> {

    private final Matcher matcher;
    private final Optional<Pattern> pattern;

    private LabelMatcher(Matcher matcher, Optional<Pattern> pattern) {
        this.matcher = matcher;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if its pattern cannot be read, in Go's words */
    public static LabelMatcher of(Matcher matcher) {
        boolean isPattern = matcher.kind() == Matcher.Kind.MATCHES || matcher.kind() == Matcher.Kind.NOT_MATCHES;
        try {
            return new LabelMatcher(
                    matcher, isPattern ? Optional.of(Pattern.compile(matcher.value())) : Optional.empty());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`", e);
        }
    }

    public static LabelMatcher equal(String label, String value) {
        return new LabelMatcher(Matcher.equal(label, value), Optional.empty());
    }

    public Matcher matcher() {
        return matcher;
    }

    public String label() {
        return matcher.label();
    }

    /** Whether labels fulfil it; a label that is not there counts as the empty text. */
    public boolean matches(Labels labels) {
        return matches(labels.get(matcher.label()));
    }

    /** Whether a value fulfils it. */
    public boolean matches(String value) {
        return switch (matcher.kind()) {
            case EQUAL -> matcher.value().equals(value);
            case NOT_EQUAL -> !matcher.value().equals(value);
            case MATCHES -> pattern.orElseThrow().matches(value);
            case NOT_MATCHES -> !pattern.orElseThrow().matches(value);
        };
    }

    @Override
    public int compareTo(LabelMatcher other) {
        int byName = matcher.label().compareTo(other.matcher.label());
        if (byName != 0) {
            return byName;
        }
        int byValue = matcher.value().compareTo(other.matcher.value());
        return byValue != 0 ? byValue : matcher.kind().compareTo(other.matcher.kind());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelMatcher that && matcher.equals(that.matcher);
    }

    @Override
    public int hashCode() {
        return matcher.hashCode();
    }

    /** As Alertmanager writes it, {@code severity=~"warning|critical"}. */
    @Override
    public String toString() {
        boolean odd = matcher.label().codePoints().anyMatch(MatcherLexer::isReserved);
        return odd
                ? GoText.quote(matcher.label()) + matcher.kind().sign() + GoText.quote(matcher.value())
                : matcher.label() + matcher.kind().sign() + '"' + escaped(matcher.value()) + '"';
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    }
}
