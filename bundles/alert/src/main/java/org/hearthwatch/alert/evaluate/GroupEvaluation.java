package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hearthwatch.alert.rule.Rule;
import org.hearthwatch.alert.rule.RuleGroup;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.StoreUnavailableException;

/**
 * A group's rules, evaluated one after the other for one moment after the other. One thread evaluates at a time; the
 * {@linkplain #status() status} may be read by any.
 */
public final class GroupEvaluation {

    /** What evaluating needs and where its results go. */
    public record Surroundings(
            QueryEngine engine,
            SampleWriter writer,
            Consumer<List<RaisedAlert>> alerts,
            RuleSettings settings,
            LongSupplier nanoTime) {}

    private final RuleGroup group;
    private final String file;
    private final Surroundings surroundings;
    private final List<Turn> turns = new ArrayList<>();
    private final Set<Labels> orphans = new HashSet<>();
    private final GroupCounts counts = new GroupCounts();
    private volatile Duration took = Duration.ZERO;
    private volatile Optional<Instant> last = Optional.empty();

    /** A rule with what came of it last time. */
    private static final class Turn {

        private final Evaluation evaluation;
        private Set<Labels> written = Set.of();
        private volatile Outcome outcome =
                new Outcome(RuleHealth.UNKNOWN, Optional.empty(), Duration.ZERO, Optional.empty());

        Turn(Evaluation evaluation) {
            this.evaluation = evaluation;
        }
    }

    private record Outcome(RuleHealth health, Optional<String> error, Duration took, Optional<Instant> at) {}

    public GroupEvaluation(RuleGroup group, String file, Surroundings surroundings) {
        this.group = group;
        this.file = file;
        this.surroundings = surroundings;
        var questions = new Questions(surroundings.engine());
        for (Rule plain : group.rules()) {
            Rule rule = plain.withDefaults(group.labels());
            turns.add(new Turn(
                    rule instanceof Rule.Alerting alerting
                            ? new AlertingEvaluation(
                                    alerting, questions, surroundings.settings(), surroundings.nanoTime())
                            : new RecordingEvaluation((Rule.Recording) rule, questions)));
        }
    }

    public RuleGroup group() {
        return group;
    }

    public String file() {
        return file;
    }

    /** What was counted since it began. */
    public GroupCounts counts() {
        return counts;
    }

    /** How often it is evaluated. */
    public Duration interval() {
        return group.interval().orElse(surroundings.settings().interval());
    }

    private Duration queryOffset() {
        return group.queryOffset().orElse(surroundings.settings().queryOffset());
    }

    /** Whether it would do the very same as another group. */
    public boolean isSameAs(GroupEvaluation other) {
        return group.equals(other.group) && surroundings.settings().equals(other.surroundings.settings());
    }

    /** Evaluates every rule for a moment; what fails stands in the status, and the next rule takes its turn. */
    public void evaluate(Instant at) {
        long began = surroundings.nanoTime().getAsLong();
        for (Turn turn : turns) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            evaluate(turn, at);
        }
        if (!orphans.isEmpty()) {
            end(orphans, at);
            orphans.clear();
        }
        took = Duration.ofNanos(surroundings.nanoTime().getAsLong() - began);
        last = Optional.of(at);
        counts.iterated(took);
    }

    private void evaluate(Turn turn, Instant at) {
        long began = surroundings.nanoTime().getAsLong();
        Instant asked = at.minus(queryOffset());
        Optional<String> error = Optional.empty();
        try {
            List<Sample> samples = turn.evaluation.evaluate(at, asked, group.limit());
            if (turn.evaluation instanceof AlertingEvaluation alerting) {
                List<RaisedAlert> told = alerting.toSend(at, interval());
                if (!told.isEmpty()) {
                    surroundings.alerts().accept(told);
                }
            }
            write(turn, samples, asked);
        } catch (RuleException e) {
            error = Optional.of(e.reason());
        }
        counts.evaluated(error.isPresent());
        Duration needed = Duration.ofNanos(surroundings.nanoTime().getAsLong() - began);
        turn.outcome =
                new Outcome(error.isPresent() ? RuleHealth.ERROR : RuleHealth.OK, error, needed, Optional.of(at));
    }

    private void write(Turn turn, List<Sample> samples, Instant asked) throws RuleException {
        SampleBatch.Builder batch = SampleBatch.from("rules");
        Set<Labels> written = new HashSet<>();
        for (Sample sample : samples) {
            if (sample.histogram().isPresent()) {
                batch.add(
                        sample.labels(), sample.timestamp(), sample.histogram().get());
            } else {
                batch.add(sample.labels(), sample.timestamp(), sample.value());
            }
            written.add(sample.labels());
        }
        for (Labels before : turn.written) {
            if (!written.contains(before)) {
                batch.add(before, asked.toEpochMilli(), Staleness.MARKER);
            }
        }
        turn.written = written;
        if (batch.size() > 0) {
            append(batch.build());
        }
    }

    private void append(SampleBatch batch) throws RuleException {
        try {
            Receipt receipt = surroundings.writer().append(batch);
            counts.refused(receipt.refused());
            if (receipt.refused() > 0) {
                String first = receipt.refusals().isEmpty()
                        ? ""
                        : ", " + receipt.refusals().get(0).series() + ": "
                                + receipt.refusals().get(0).reason();
                throw new RuleException(receipt.refused() + " samples were refused by the store" + first);
            }
        } catch (StoreUnavailableException e) {
            throw new RuleException("the samples could not be stored: " + e.getMessage());
        }
    }

    /** Marks series as ended, once nobody writes them any more. */
    private void end(Set<Labels> series, Instant at) {
        SampleBatch.Builder batch = SampleBatch.from("rules");
        long time = at.minus(queryOffset()).toEpochMilli();
        series.forEach(labels -> batch.add(labels, time, Staleness.MARKER));
        try {
            surroundings.writer().append(batch.build());
        } catch (StoreUnavailableException e) {
            counts.refused(series.size());
        }
    }

    /** Ends all its series: the group is gone from its file. */
    public void retire(Instant at) {
        Set<Labels> all = new HashSet<>(orphans);
        turns.forEach(turn -> all.addAll(turn.written));
        if (!all.isEmpty()) {
            end(all, at);
        }
    }

    /** Takes up after a restart what alerts had been waiting for; what could not be read is told. */
    public Optional<String> restore(Instant now) {
        var restoration = new Restoration(surroundings.engine(), surroundings.settings());
        Optional<String> problem = Optional.empty();
        for (Turn turn : turns) {
            if (turn.evaluation instanceof AlertingEvaluation alerting && !alerting.isRestored()) {
                try {
                    restoration.restore(alerting, now);
                } catch (RuleException e) {
                    alerting.setRestored();
                    problem = Optional.of(e.reason());
                }
            }
        }
        return problem;
    }

    /** Goes on where the same group was before its file was read anew: rules of equal name and labels keep their alerts. */
    public void continueFrom(GroupEvaluation before) {
        Map<String, List<Turn>> byRule = new HashMap<>();
        before.turns.forEach(turn ->
                byRule.computeIfAbsent(key(turn), key -> new ArrayList<>()).add(turn));
        for (Turn turn : turns) {
            List<Turn> same = byRule.getOrDefault(key(turn), List.of());
            if (same.isEmpty()) {
                continue;
            }
            Turn old = same.remove(0);
            turn.written = old.written;
            turn.outcome = old.outcome;
            if (turn.evaluation instanceof AlertingEvaluation now
                    && old.evaluation instanceof AlertingEvaluation earlier) {
                now.continueFrom(earlier);
            }
        }
        byRule.values().forEach(rest -> rest.forEach(turn -> orphans.addAll(turn.written)));
        orphans.addAll(before.orphans);
        counts.continueFrom(before.counts);
        took = before.took;
        last = before.last;
    }

    private static String key(Turn turn) {
        Rule rule = turn.evaluation.rule();
        return rule.getClass().getSimpleName() + rule.name() + new TreeMap<>(rule.labels());
    }

    /** What it did last, and the alerts there are. */
    public RuleGroupStatus status() {
        return new RuleGroupStatus(
                group.name(),
                file,
                interval(),
                queryOffset(),
                group.limit(),
                turns.stream().map(GroupEvaluation::status).toList(),
                took,
                last,
                counts.missed());
    }

    private static RuleStatus status(Turn turn) {
        Outcome outcome = turn.outcome;
        Rule rule = turn.evaluation.rule();
        Labels labels = Labels.of(rule.labels());
        if (turn.evaluation instanceof AlertingEvaluation alerting) {
            return new RuleStatus.Alerting(
                    rule.name(),
                    rule.expression(),
                    labels,
                    outcome.health(),
                    outcome.error(),
                    outcome.took(),
                    outcome.at(),
                    alerting.rule().holdFor(),
                    alerting.rule().keepFiringFor(),
                    alerting.rule().annotations(),
                    alerting.state(),
                    alerting.alerts().stream().map(TrackedAlert::shown).toList());
        }
        return new RuleStatus.Recording(
                rule.name(),
                rule.expression(),
                labels,
                outcome.health(),
                outcome.error(),
                outcome.took(),
                outcome.at());
    }
}
