package org.hearthwatch.api.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/** A rule and how its last evaluation went. */
public sealed interface RuleStatus {

    /** The alert's name, or the metric a recording rule writes. */
    String name();

    /** The expression in PromQL. */
    String query();

    /** The rule's own labels, those of its group among them; the templates themselves where they are templates. */
    Labels labels();

    RuleHealth health();

    /** Why the last evaluation failed. */
    Optional<String> lastError();

    /** How long the last evaluation took. */
    Duration evaluationTime();

    /** For which moment it was last evaluated. */
    Optional<Instant> lastEvaluation();

    /**
     * A rule that raises alerts.
     *
     * @param holdFor how long the condition has to hold before the alert fires
     * @param keepFiringFor how long the alert fires on once the condition no longer holds
     * @param annotations the templates, by name
     * @param state of the furthest of its alerts
     * @param alerts pending and firing ones
     */
    record Alerting(
            String name,
            String query,
            Labels labels,
            RuleHealth health,
            Optional<String> lastError,
            Duration evaluationTime,
            Optional<Instant> lastEvaluation,
            Duration holdFor,
            Duration keepFiringFor,
            Map<String, String> annotations,
            AlertState state,
            List<ActiveAlert> alerts)
            implements RuleStatus {

        public Alerting {
            annotations = Map.copyOf(annotations);
            alerts = List.copyOf(alerts);
        }
    }

    /** A rule that writes a series. */
    record Recording(
            String name,
            String query,
            Labels labels,
            RuleHealth health,
            Optional<String> lastError,
            Duration evaluationTime,
            Optional<Instant> lastEvaluation)
            implements RuleStatus {}
}
