package org.hearthwatch.alert.yaml;

import java.util.Optional;

/**
 * Something wrong in a file.
 *
 * @param place where
 * @param second another place that has to do with it
 * @param text in Prometheus's words
 * @param kind what of the file it breaks
 */
public record Problem(Place place, Optional<Place> second, String text, Kind kind) {

    /** What a problem breaks. */
    public enum Kind {
        /** The file is no YAML. */
        SYNTAX,
        /** A field is unknown, stands twice or is of the wrong type. */
        SHAPE,
        /** A value is not one that is allowed. */
        VALUE
    }

    /** Line and column, counted from 1. */
    public record Place(int line, int column) {

        /** The beginning of a file. */
        public static final Place START = new Place(1, 1);

        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    public static Problem of(Place place, String text, Kind kind) {
        return new Problem(place, Optional.empty(), text, kind);
    }

    /** As {@code 4:17: what is wrong}. */
    @Override
    public String toString() {
        return place + ": " + second.map(other -> other + ": ").orElse("") + text;
    }
}
