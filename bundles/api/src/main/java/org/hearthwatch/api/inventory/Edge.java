package org.hearthwatch.api.inventory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** That one entity stands on another: if that one fails, so does this. */
public record Edge(EntityId from, Kind kind, EntityId to) implements Comparable<Edge> {

    private static final Comparator<Edge> ORDER =
            Comparator.comparing(Edge::from).thenComparing(Edge::kind).thenComparing(Edge::to);

    /** In which way. */
    public enum Kind {
        RUNS_ON("runs-on"),
        STORED_ON("stored-on"),
        DEPENDS_ON("depends-on"),
        POWERED_BY("powered-by");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As people write it. */
        public String word() {
            return word;
        }

        /** The kind of a word. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }
    }

    @Override
    public int compareTo(Edge other) {
        return ORDER.compare(this, other);
    }
}
