package org.hearthwatch.alert.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.alert.rule.Rule;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;

/** Turns the answer of an expression into samples of another name. */
record RecordingEvaluation(Rule.Recording rule, Questions questions) implements Evaluation {

    @Override
    public List<Sample> evaluate(Instant at, Instant asked, int limit) throws RuleException {
        List<Sample> answer = questions.ask(rule.expression(), asked);
        var written = new ArrayList<Sample>(answer.size());
        Set<Labels> seen = new HashSet<>();
        for (Sample sample : answer) {
            Labels.Builder labels = sample.labels().toBuilder().set(Labels.NAME, rule.name());
            rule.labels().forEach(labels::set);
            var renamed = new Sample(labels.build(), asked.toEpochMilli(), sample.value(), sample.histogram());
            if (!seen.add(renamed.labels())) {
                throw new RuleException("vector contains metrics with the same labelset after applying rule labels");
            }
            written.add(renamed);
        }
        if (limit > 0 && written.size() > limit) {
            throw new RuleException("exceeded limit of " + limit + " with " + written.size() + " series");
        }
        return written;
    }
}
