package org.hearthwatch.alert.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules that belong together.
 *
 * @param interval between evaluations, where it is not the general one
 * @param queryOffset how far in the past the rules look, where it is not the general one
 * @param limit the most alerts or series a rule may make; 0 for any number
 * @param labels of every rule
 */
public record RuleGroup(
        String name,
        Optional<Duration> interval,
        Optional<Duration> queryOffset,
        int limit,
        Map<String, String> labels,
        List<Rule> rules) {

    public RuleGroup {
        labels = Map.copyOf(labels);
        rules = List.copyOf(rules);
    }
}
