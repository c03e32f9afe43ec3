package org.hearthwatch.query;

import java.time.Duration;
import java.util.Set;
import org.hearthwatch.query.syntax.Feature;

/**
 * How expressions are understood.
 *
 * @param lookback how old a sample may be and still count as a series' newest
 * @param subqueryStep the step of subqueries that name none
 * @param features the experimental parts of the language that are on
 */
public record Dialect(Duration lookback, Duration subqueryStep, Set<Feature> features) {

    /** What holds unless configured otherwise. */
    public static final Dialect DEFAULT = new Dialect(Duration.ofMinutes(5), Duration.ofMinutes(1), Set.of());

    public Dialect {
        features = Set.copyOf(features);
    }
}
