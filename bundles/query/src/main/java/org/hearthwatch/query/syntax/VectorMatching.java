package org.hearthwatch.query.syntax;

import java.util.List;

/**
 * Which series of two vectors belong together.
 *
 * @param on whether {@code labels} are those that count ({@code on}) or those that do not ({@code ignoring})
 * @param include labels taken over from the "one" side by {@code group_left} and {@code group_right}
 */
public record VectorMatching(Cardinality cardinality, boolean on, List<String> labels, List<String> include) {

    /** All labels but the name count. */
    static final VectorMatching DEFAULT = new VectorMatching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

    public VectorMatching {
        labels = List.copyOf(labels);
        include = List.copyOf(include);
    }

    VectorMatching with(Cardinality changed) {
        return new VectorMatching(changed, on, labels, include);
    }

    /** How many series of the left side may meet how many of the right. */
    public enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY,
        MANY_TO_MANY
    }
}
