package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.hearthwatch.alert.rule.AlertTexts;
import org.hearthwatch.alert.rule.Rule;
import org.hearthwatch.alert.template.Functions;
import org.hearthwatch.alert.template.PrometheusFunctions;
import org.hearthwatch.alert.template.TemplateException;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;

/**
 * Follows the alerts of one rule from evaluation to evaluation. One thread evaluates; what is {@linkplain #alerts() shown}
 * may be read by any.
 */
final class AlertingEvaluation implements Evaluation {

    /** The series that say which alerts there are. */
    static final String ALERTS = "ALERTS";

    /** The series that say since when, so that a restart does not start the waiting anew. */
    static final String FOR_STATE = "ALERTS_FOR_STATE";

    static final String ALERT_NAME = "alertname";
    private static final String ALERT_STATE = "alertstate";

    /** How long a resolved alert is told again and again, in case somebody did not hear. */
    private static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

    private final Rule.Alerting rule;
    private final Questions questions;
    private final RuleSettings settings;
    private final LongSupplier nanoTime;
    private volatile Map<Labels, TrackedAlert> active = Map.of();
    private boolean restored;

    AlertingEvaluation(Rule.Alerting rule, Questions questions, RuleSettings settings, LongSupplier nanoTime) {
        this.rule = rule;
        this.questions = questions;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    @Override
    public Rule.Alerting rule() {
        return rule;
    }

    /** Pending and firing alerts. */
    List<TrackedAlert> alerts() {
        return active.values().stream().filter(TrackedAlert::isActive).toList();
    }

    /** How far the furthest alert has come. */
    AlertState state() {
        return alerts().stream().map(TrackedAlert::state).reduce(AlertState.INACTIVE, AlertingEvaluation::further);
    }

    private static AlertState further(AlertState one, AlertState other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public List<Sample> evaluate(Instant at, Instant asked, int limit) throws RuleException {
        Map<Labels, TrackedAlert> raised = raised(questions.ask(rule.expression(), asked), at, asked);
        Map<Labels, TrackedAlert> next = advanced(raised, at);
        List<TrackedAlert> counted =
                next.values().stream().filter(TrackedAlert::isActive).toList();
        if (limit > 0 && counted.size() > limit) {
            active = Map.of();
            throw new RuleException("exceeded limit of " + limit + " with " + counted.size() + " alerts");
        }
        active = next;
        var written = new ArrayList<Sample>();
        if (restored) {
            long time = asked.toEpochMilli();
            for (TrackedAlert alert : counted) {
                Labels.Builder labels = alert.labels().toBuilder().set(ALERT_NAME, rule.name());
                written.add(new Sample(
                        labels.set(Labels.NAME, ALERTS)
                                .set(ALERT_STATE, alert.state().word())
                                .build(),
                        time,
                        1));
                written.add(new Sample(
                        alert.labels().with(Labels.NAME, FOR_STATE),
                        time,
                        alert.activeAt().getEpochSecond()));
            }
        }
        return written;
    }

    private Map<Labels, TrackedAlert> raised(List<Sample> samples, Instant at, Instant asked) throws RuleException {
        Functions functions =
                PrometheusFunctions.of(expression -> answer(expression, asked), at, settings.externalUrl());
        var texts = new AlertTexts.Parsed(rule.name(), functions, nanoTime);
        var raised = new LinkedHashMap<Labels, TrackedAlert>();
        for (Sample sample : samples) {
            Object value = sample.histogram().isPresent()
                    ? HistogramText.of(sample.histogram().get())
                    : sample.value();
            var subject = new AlertTexts.Subject(
                    sample.labels().asMap(), settings.externalLabels(), settings.externalUrl(), value);
            Labels.Builder builder = sample.labels().toBuilder().remove(Labels.NAME);
            expanded(rule.labels(), subject, texts).forEach(builder::set);
            Labels labels = builder.set(ALERT_NAME, rule.name()).build();
            Map<String, String> annotations = expanded(rule.annotations(), subject, texts);
            if (raised.put(labels, TrackedAlert.pending(labels, annotations, sample.value(), at)) != null) {
                throw new RuleException("vector contains metrics with the same labelset after applying alert labels");
            }
        }
        return raised;
    }

    private static Map<String, String> expanded(
            Map<String, String> texts, AlertTexts.Subject subject, AlertTexts.Parsed parsed) {
        var expanded = new TreeMap<String, String>();
        texts.forEach((name, text) -> expanded.put(name, parsed.expand(text, subject)));
        return expanded;
    }

    private List<Sample> answer(String expression, Instant asked) throws TemplateException {
        try {
            return questions.ask(expression, asked);
        } catch (RuleException e) {
            throw new TemplateException(e.reason());
        }
    }

    private Map<Labels, TrackedAlert> advanced(Map<Labels, TrackedAlert> raised, Instant at) {
        var next = new LinkedHashMap<Labels, TrackedAlert>();
        active.forEach((labels, known) -> {
            TrackedAlert now = raised.get(labels);
            if (now == null) {
                gone(known, at).ifPresent(alert -> next.put(labels, alert));
            } else {
                next.put(labels, known.isActive() ? known.seenAgain(now) : now);
            }
        });
        raised.forEach(next::putIfAbsent);
        next.replaceAll((labels, alert) -> due(alert, at) ? alert.fired(at) : alert);
        return next;
    }

    private boolean due(TrackedAlert alert, Instant at) {
        return alert.state() == AlertState.PENDING
                && Duration.between(alert.activeAt(), at).compareTo(rule.holdFor()) >= 0;
    }

    /** What becomes of an alert whose condition no longer holds. */
    private Optional<TrackedAlert> gone(TrackedAlert alert, Instant at) {
        return switch (alert.state()) {
            case PENDING -> Optional.empty();
            case INACTIVE ->
                Optional.of(alert)
                        .filter(ended -> Duration.between(ended.resolvedAt().orElse(at), at)
                                        .compareTo(RESOLVED_RETENTION)
                                <= 0);
            case FIRING -> {
                Instant since = alert.keepFiringSince().orElse(at);
                yield Duration.between(since, at).compareTo(rule.keepFiringFor()) < 0
                        ? Optional.of(alert.kept(since))
                        : Optional.of(alert.resolved(at));
            }
        };
    }

    /** The alerts to tell of now, which then count as told. */
    List<RaisedAlert> toSend(Instant at, Duration interval) {
        var told = new ArrayList<RaisedAlert>();
        var next = new LinkedHashMap<>(active);
        Duration patience = max(settings.resendDelay(), interval).multipliedBy(4);
        next.replaceAll((labels, alert) -> {
            if (!alert.needsSending(at, settings.resendDelay())) {
                return alert;
            }
            Labels.Builder outward = labels.toBuilder();
            settings.externalLabels().forEach((name, value) -> {
                if (!labels.has(name)) {
                    outward.set(name, value);
                }
            });
            told.add(new RaisedAlert(
                    outward.build(),
                    alert.annotations(),
                    alert.firedAt().orElse(alert.activeAt()),
                    alert.resolvedAt().orElse(at.plus(patience)),
                    settings.externalUrl() + PrometheusFunctions.link(rule.expression(), 1)));
            return alert.sent(at);
        });
        active = next;
        return told;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether what was before the start has been taken up; until then nothing is written that would cover it. */
    boolean isRestored() {
        return restored;
    }

    /** From now on writes its series. */
    void setRestored() {
        restored = true;
    }

    /** Goes on where the same rule was before its file was read anew. */
    void continueFrom(AlertingEvaluation before) {
        active = before.active;
        restored = before.restored;
    }

    /** Sets since when alerts are active, as another knows better; those it leaves alone it answers as they are. */
    void replaceAlerts(UnaryOperator<TrackedAlert> restoration) {
        var next = new LinkedHashMap<>(active);
        next.replaceAll((labels, alert) -> restoration.apply(alert));
        active = next;
    }
}
