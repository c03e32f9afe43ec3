package org.hearthwatch.alert.osgi;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.evaluate.GroupCounts;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** The bundle's own metrics. */
final class AlertMetrics {

    private static final String GROUP = "rule_group";

    private static final Counter EVALUATIONS =
            Counter.of("hearthwatch_alert_rule_evaluations_total", "Rules evaluated", GROUP);
    private static final Counter FAILURES =
            Counter.of("hearthwatch_alert_rule_evaluation_failures_total", "Rules whose evaluation failed", GROUP);
    private static final Counter ITERATIONS =
            Counter.of("hearthwatch_alert_group_iterations_total", "Evaluations of a whole group", GROUP);
    private static final Counter MISSED = Counter.of(
            "hearthwatch_alert_group_iterations_missed_total",
            "Evaluations left out because the one before took too long",
            GROUP);
    private static final Counter SECONDS =
            Counter.of("hearthwatch_alert_group_seconds_total", "Time spent evaluating a group", GROUP);
    private static final Counter REFUSED = Counter.of(
            "hearthwatch_alert_samples_refused_total", "Samples of rules that the store did not take", GROUP);
    private static final Gauge LAST_SECONDS =
            Gauge.of("hearthwatch_alert_group_last_duration_seconds", "Time the last evaluation took", GROUP);
    private static final Gauge LAST = Gauge.of(
            "hearthwatch_alert_group_last_evaluation_timestamp_seconds", "The moment last evaluated for", GROUP);
    private static final Gauge INTERVAL =
            Gauge.of("hearthwatch_alert_group_interval_seconds", "From one evaluation to the next", GROUP);
    private static final Gauge RULES = Gauge.of("hearthwatch_alert_group_rules", "Rules of a group", GROUP);
    private static final Gauge ACTIVE = Gauge.of("hearthwatch_alert_active", "Alerts, by state", "state");
    private static final Gauge REFUSED_FILES =
            Gauge.of("hearthwatch_alert_refused_files", "Rule files that are not in force as they stand");
    private static final Counter SINK_FAILURES =
            Counter.of("hearthwatch_alert_sink_failures_total", "Times one who is told of alerts failed to take them");

    private AlertMetrics() {}

    static void report(List<GroupEvaluation> groups, int refusedFiles, long sinkFailures, SampleSink sink) {
        var active = new EnumMap<AlertState, Integer>(AlertState.class);
        active.put(AlertState.PENDING, 0);
        active.put(AlertState.FIRING, 0);
        for (GroupEvaluation group : groups) {
            report(group, sink);
            group.status().rules().forEach(rule -> count(rule, active));
        }
        active.forEach((state, count) -> sink.set(ACTIVE, count, state.word()));
        sink.set(REFUSED_FILES, refusedFiles);
        sink.set(SINK_FAILURES, (double) sinkFailures);
    }

    private static void count(RuleStatus rule, Map<AlertState, Integer> active) {
        if (rule instanceof RuleStatus.Alerting alerting) {
            alerting.alerts().forEach(alert -> active.merge(alert.state(), 1, Integer::sum));
        }
    }

    private static void report(GroupEvaluation group, SampleSink sink) {
        String name = group.file() + ";" + group.group().name();
        GroupCounts counts = group.counts();
        RuleGroupStatus status = group.status();
        sink.set(EVALUATIONS, (double) counts.evaluations(), name);
        sink.set(FAILURES, (double) counts.failures(), name);
        sink.set(ITERATIONS, (double) counts.iterations(), name);
        sink.set(MISSED, (double) counts.missed(), name);
        sink.set(SECONDS, counts.seconds(), name);
        sink.set(REFUSED, (double) counts.refused(), name);
        sink.set(LAST_SECONDS, status.evaluationTime().toNanos() / 1e9, name);
        status.lastEvaluation().ifPresent(last -> sink.set(LAST, last.toEpochMilli() / 1e3, name));
        sink.set(INTERVAL, status.interval().toMillis() / 1e3, name);
        sink.set(RULES, status.rules().size(), name);
    }
}
