package org.hearthwatch.store.index;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.PatternSize;
import org.hearthwatch.store.index.ValueTest.Beginning;
import org.hearthwatch.store.index.ValueTest.Matching;
import org.hearthwatch.store.index.ValueTest.OneOf;

/**
 * Makes tests of matchers, and keeps those of the patterns used last. What is really a list of values ({@code a|b|c}) or
 * a beginning ({@code eth.*}) is recognised and tested as such. Thread-safe.
 */
final class ValueTests {

    /** A pattern longer than this that is no list of values is refused: its program would grow with it. */
    static final int LONGEST_PATTERN = 4096;

    private static final int LARGEST_PROGRAM = 10_000;

    private static final int KEPT = 256;
    private static final int LONGEST_KEPT = 1024;
    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    private final Map<String, ValueTest> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ValueTest> eldest) {
            return size() > KEPT;
        }
    };

    /** @throws IllegalArgumentException if a pattern is not valid, saying why */
    ValueTest of(Matcher matcher) {
        return switch (matcher.kind()) {
            case EQUAL, NOT_EQUAL -> new OneOf(Set.of(matcher.value()));
            case MATCHES, NOT_MATCHES -> ofPattern(matcher.value());
        };
    }

    private ValueTest ofPattern(String pattern) {
        synchronized (kept) {
            ValueTest known = kept.get(pattern);
            if (known != null) {
                return known;
            }
        }
        ValueTest test = make(pattern);
        if (pattern.length() <= LONGEST_KEPT) {
            synchronized (kept) {
                kept.put(pattern, test);
            }
        }
        return test;
    }

    private static ValueTest make(String pattern) {
        Optional<Set<String>> values = alternatives(pattern);
        if (values.isPresent()) {
            return new OneOf(values.get());
        }
        for (int more = 0; more <= 1; more++) {
            String end = more == 0 ? ".*" : ".+";
            if (pattern.endsWith(end)) {
                Optional<String> prefix = literal(pattern.substring(0, pattern.length() - 2));
                if (prefix.isPresent()) {
                    return new Beginning(prefix.get(), more);
                }
            }
        }
        if (pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("A pattern of " + pattern.length() + " characters is too long; up to "
                    + LONGEST_PATTERN + " are allowed, unless it is a list of plain values: a|b|c");
        }
        if (PatternSize.of(pattern) > LARGEST_PROGRAM) {
            throw new IllegalArgumentException(
                    "The repetitions of \"" + pattern + "\" multiply to more than is allowed; use smaller ones");
        }
        try {
            // As Prometheus compiles them: a dot is any character, line breaks among them.
            return new Matching(Pattern.compile(pattern, Pattern.DOTALL), sharedBeginning(pattern));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + pattern + "\" is not a valid pattern: " + e.getDescription(), e);
        }
    }

    /** The values a pattern lists, if that is all it does: {@code a|b}, {@code (a|b)}. */
    private static Optional<Set<String>> alternatives(String pattern) {
        String inner = pattern;
        if (pattern.startsWith("(?:") && pattern.endsWith(")")) {
            inner = pattern.substring(3, pattern.length() - 1);
        } else if (pattern.startsWith("(") && pattern.endsWith(")")) {
            inner = pattern.substring(1, pattern.length() - 1);
        }
        var values = new HashSet<String>();
        int from = 0;
        for (int i = 0; i <= inner.length(); i++) {
            boolean escaped = i < inner.length() && inner.charAt(i) == '\\';
            if (i == inner.length() || inner.charAt(i) == '|') {
                Optional<String> value = literal(inner.substring(from, i));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.add(value.get());
                from = i + 1;
            } else if (escaped) {
                i++;
            }
        }
        return Optional.of(Set.copyOf(values));
    }

    /** The text a pattern stands for, if it stands for one: no operators but escaped ones. */
    private static Optional<String> literal(String pattern) {
        var text = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length() && isPunctuation(pattern.charAt(i + 1))) {
                i++;
                text.append(pattern.charAt(i));
            } else if (SPECIAL.indexOf(c) >= 0) {
                return Optional.empty();
            } else {
                text.append(c);
            }
        }
        return Optional.of(text.toString());
    }

    private static boolean isPunctuation(char c) {
        return c < 0x80 && c > ' ' && !Character.isLetterOrDigit(c);
    }

    /** The plain characters a pattern begins with, but for the last, which an operator may follow. */
    private static String sharedBeginning(String pattern) {
        if (pattern.indexOf('|') >= 0) {
            return "";
        }
        int end = 0;
        while (end < pattern.length() && SPECIAL.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return pattern.substring(0, Math.max(0, end - 1));
    }
}
