package org.hearthwatch.shell.line;

import java.util.Arrays;
import java.util.List;

/** The words that may stand in a place, asked each time the tab key is pressed. */
@FunctionalInterface
public interface Completion {

    /** Where any word may stand. */
    Completion NONE = List::of;

    List<Suggestion> suggest();

    /** A fixed choice. */
    static Completion of(String... words) {
        List<Suggestion> suggestions =
                Arrays.stream(words).map(word -> new Suggestion(word, "")).toList();
        return () -> suggestions;
    }

    /**
     * A word that may stand here.
     *
     * @param description for people, may be empty
     */
    record Suggestion(String value, String description) {}
}
