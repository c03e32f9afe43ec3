package org.hearthwatch.api.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryException;
import org.osgi.annotation.versioning.ProviderType;

/** Says when rules would have fired on what is stored. Thread-safe. */
@ProviderType
public interface RuleBacktest {

    /**
     * When an expression would have raised alerts.
     *
     * @param holdFor how long the condition has to hold
     * @param interval between evaluations
     */
    Report expression(String expression, Duration holdFor, Duration interval, Instant start, Instant end)
            throws QueryException;

    /**
     * When the alerting rules of a file would have raised alerts. Rules that build on recording rules see only what those
     * have recorded.
     *
     * @param text of the file
     * @throws AlertingRefusal if the text is no rule file
     */
    List<Report> file(String text, Instant start, Instant end) throws QueryException, AlertingRefusal;

    /**
     * What came of one rule.
     *
     * @param name of the alert; empty for an expression alone
     * @param step between the moments that were looked at; longer than the rule's interval over long times
     * @param firings by their beginning
     * @param warnings what makes the answer doubtful
     */
    record Report(
            String name,
            String expression,
            Duration holdFor,
            Duration step,
            List<Firing> firings,
            List<String> warnings) {
        public Report {
            firings = List.copyOf(firings);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * An alert that would have fired.
     *
     * @param activeAt since when the condition held
     * @param firedAt from when people would have been told
     * @param endedAt when it was over; empty if it fires at the end of the time looked at
     */
    record Firing(Labels labels, Instant activeAt, Instant firedAt, Optional<Instant> endedAt) {}
}
