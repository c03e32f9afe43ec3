package org.hearthwatch.alert.template;

import java.time.Duration;

/**
 * What expanding one template may use up.
 *
 * @param output characters of the result, and of any text made on the way
 * @param steps nodes visited, each round of a loop counting anew
 * @param depth templates within templates
 * @param time from beginning to end
 */
public record Bounds(int output, int steps, int depth, Duration time) {

    /** Far more than any message needs. */
    public static final Bounds DEFAULT = new Bounds(1 << 20, 1_000_000, 100, Duration.ofSeconds(10));
}
