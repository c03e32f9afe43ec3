package org.hearthwatch.api.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rules that are evaluated one after the other, and how that went.
 *
 * @param name unique in its file
 * @param file the file it stands in
 * @param interval between two evaluations
 * @param queryOffset how far in the past the rules look
 * @param limit the most alerts or series a rule may make; 0 for any number
 * @param rules in the order of evaluation
 * @param evaluationTime how long the last evaluation of all its rules took
 * @param lastEvaluation for which moment they were last evaluated
 * @param missed how many evaluations did not take place because the one before took too long
 */
public record RuleGroupStatus(
        String name,
        String file,
        Duration interval,
        Duration queryOffset,
        int limit,
        List<RuleStatus> rules,
        Duration evaluationTime,
        Optional<Instant> lastEvaluation,
        long missed) {

    public RuleGroupStatus {
        rules = List.copyOf(rules);
    }
}
