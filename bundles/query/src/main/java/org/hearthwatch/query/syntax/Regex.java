package org.hearthwatch.query.syntax;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.hearthwatch.api.store.PatternSize;

/** Patterns as matchers and {@code label_replace} take them: RE2, anchored at both ends, of bounded size. */
public final class Regex {

    /** The most instructions a pattern's program may have, about. */
    static final int LARGEST_PROGRAM = 20_000;

    private Regex() {}

    /**
     * The pattern, ready to match whole texts.
     *
     * @throws PatternSyntaxException if it is none, or too large a one
     */
    public static Pattern compile(String pattern) {
        check(pattern);
        return Pattern.compile("^(?s:" + pattern + ")$");
    }

    /** @throws PatternSyntaxException in the words of the Go language, if the pattern is none or too large a one */
    static void check(String pattern) {
        if (PatternSize.of(pattern) > LARGEST_PROGRAM) {
            throw new PatternSyntaxException("expression too large", pattern);
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            // RE2/J has other words for the one mistake that Go's parser finds late.
            throw String.valueOf(e.getMessage()).contains("stack underflow")
                    ? new PatternSyntaxException("unexpected )", pattern)
                    : e;
        }
    }

    static boolean matches(String pattern, String text) {
        return compile(pattern).matches(text);
    }
}
