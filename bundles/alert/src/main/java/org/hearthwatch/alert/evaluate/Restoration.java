package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryValue;

/**
 * Takes up after a restart how long alerts had been waiting, from the series {@code ALERTS_FOR_STATE}. The time the
 * appliance was down does not count as waiting; an alert that would fire soon waits a grace period first. The rule is
 * Prometheus's.
 */
record Restoration(QueryEngine engine, RuleSettings settings) {

    /** The last thing known of an alert: when that was, and since when it had been active. */
    private record Known(Instant at, Instant activeAt) {}

    void restore(AlertingEvaluation evaluation, Instant now) throws RuleException {
        Duration holdFor = evaluation.rule().holdFor();
        // What waits less than the grace period may as well wait again.
        boolean worth = holdFor.compareTo(settings.gracePeriod()) >= 0
                && !settings.outageTolerance().isZero()
                && !evaluation.alerts().isEmpty();
        if (worth) {
            Map<Labels, Known> known = known(evaluation.rule().name(), now);
            evaluation.replaceAlerts(alert -> {
                Known before = known.get(alert.labels());
                return before == null ? alert : alert.activeSince(activeAt(before, holdFor, now));
            });
        }
        evaluation.setRestored();
    }

    private Instant activeAt(Known known, Duration holdFor, Instant now) {
        Duration waited = Duration.between(known.activeAt(), known.at());
        Duration remaining = holdFor.minus(waited);
        if (remaining.isZero() || remaining.isNegative()) {
            // It was firing, and will be again at the next evaluation.
            return known.activeAt();
        }
        if (remaining.compareTo(settings.gracePeriod()) < 0) {
            return now.plus(settings.gracePeriod()).minus(holdFor);
        }
        return known.activeAt().plus(Duration.between(known.at(), now));
    }

    private Map<Labels, Known> known(String alert, Instant now) throws RuleException {
        String expression = AlertingEvaluation.FOR_STATE + "{" + AlertingEvaluation.ALERT_NAME + "="
                + GoText.quote(alert) + "}[" + PromDuration.format(settings.outageTolerance()) + "]";
        var known = new HashMap<Labels, Known>();
        try {
            if (engine.instant(expression, now).value() instanceof QueryValue.Matrix matrix) {
                for (QueryValue.Series series : matrix.series()) {
                    int last = series.size() - 1;
                    if (last >= 0 && !Staleness.isStale(series.values()[last])) {
                        known.put(
                                series.labels().without(Labels.NAME),
                                new Known(Instant.ofEpochMilli(series.timestamps()[last]), Instant.ofEpochSecond((long)
                                        series.values()[last])));
                    }
                }
            }
        } catch (QueryException e) {
            throw new RuleException("the state before the restart could not be read: " + e.getMessage());
        }
        return known;
    }
}
