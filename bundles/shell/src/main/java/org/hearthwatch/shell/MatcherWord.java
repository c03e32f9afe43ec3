package org.hearthwatch.shell;

import java.util.regex.Pattern;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/**
 * One condition on series as a word of the shell, without the quotes and braces that a shell would take for its own:
 * {@code up}, {@code job=node}, {@code instance=~nas.*}.
 */
final class MatcherWord {

    /** What is allowed, for people. */
    static final String ALLOWED = "a metric's name, or LABEL=VALUE, LABEL!=VALUE, LABEL=~PATTERN, LABEL!~PATTERN";

    private static final Pattern SYNTAX = Pattern.compile("([^=!~{}\"]+)(=~|!~|!=|=)(.*)", Pattern.DOTALL);

    private MatcherWord() {}

    /** @throws IllegalArgumentException if the word is no condition, saying what is */
    static Matcher parse(String word) {
        var matcher = SYNTAX.matcher(word);
        if (matcher.matches()) {
            return new Matcher(matcher.group(1), kind(matcher.group(2)), unquoted(matcher.group(3)));
        }
        if (word.isBlank() || word.chars().anyMatch(c -> "=!~{}\"".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("\"" + word + "\" is not " + ALLOWED);
        }
        return Matcher.equal(Labels.NAME, word);
    }

    private static Matcher.Kind kind(String sign) {
        for (Matcher.Kind kind : Matcher.Kind.values()) {
            if (kind.sign().equals(sign)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(sign);
    }

    /** People who copy from a query bring its quotes along. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
