package org.hearthwatch.store.index;

import com.google.re2j.Pattern;
import java.util.Set;

/** A test of label values. Immutable and thread-safe. */
sealed interface ValueTest {

    boolean test(String value);

    /** One of a few values. */
    record OneOf(Set<String> values) implements ValueTest {

        @Override
        public boolean test(String value) {
            return values.contains(value);
        }
    }

    /** A beginning, then at least so many characters more. */
    record Beginning(String prefix, int more) implements ValueTest {

        @Override
        public boolean test(String value) {
            return value.length() >= prefix.length() + more && value.startsWith(prefix);
        }
    }

    /** Any other pattern; with the beginning all its matches share, for which a look is cheaper than a match. */
    record Matching(Pattern pattern, String prefix) implements ValueTest {

        @Override
        public boolean test(String value) {
            return value.startsWith(prefix) && pattern.matches(value);
        }
    }
}
