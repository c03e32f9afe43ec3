package org.hearthwatch.alert.evaluate;

import java.time.Instant;
import java.util.List;
import org.hearthwatch.alert.rule.Rule;
import org.hearthwatch.api.metric.Sample;

/** A rule with what it remembers from one evaluation to the next. */
sealed interface Evaluation permits AlertingEvaluation, RecordingEvaluation {

    Rule rule();

    /**
     * The samples to be written, timed at the moment asked about.
     *
     * @param at the moment of evaluation
     * @param asked the moment asked about, earlier by the group's offset
     * @param limit the most alerts or series; 0 for any number
     */
    List<Sample> evaluate(Instant at, Instant asked, int limit) throws RuleException;
}
