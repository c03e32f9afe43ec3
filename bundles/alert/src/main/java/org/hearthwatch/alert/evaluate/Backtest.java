package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.rule.Rule;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.rule.RuleGroup;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleBacktest;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;

/**
 * Asks for a rule's expression at every moment it would have been evaluated for, and follows what holds from one to the
 * next. Long times are asked for in parts; very long ones with longer steps. Thread-safe.
 */
public final class Backtest implements RuleBacktest {

    /** Points of one question; the engine takes 11 000. */
    private static final int PART = 10_000;

    private static final int MOST_PARTS = 20;
    private static final int MOST_FIRINGS = 10_000;

    private final QueryEngine engine;
    private final Duration usualInterval;

    /** @param usualInterval of groups that name none */
    public Backtest(QueryEngine engine, Duration usualInterval) {
        this.engine = engine;
        this.usualInterval = usualInterval;
    }

    @Override
    public Report expression(String expression, Duration holdFor, Duration interval, Instant start, Instant end)
            throws QueryException {
        return report("", expression, holdFor, Duration.ZERO, Map.of(), interval, start, end);
    }

    @Override
    public List<Report> file(String text, Instant start, Instant end) throws QueryException, AlertingRefusal {
        RuleFile file = new RuleFileReader(engine, false).read(text);
        if (!file.isGood()) {
            throw new AlertingRefusal(
                    AlertingRefusal.Kind.INVALID,
                    String.join(
                            "; ", file.problems().stream().map(Object::toString).toList()));
        }
        var reports = new ArrayList<Report>();
        for (RuleGroup group : file.groups()) {
            for (Rule each : group.rules()) {
                if (each.withDefaults(group.labels()) instanceof Rule.Alerting rule) {
                    reports.add(report(
                            rule.name(),
                            rule.expression(),
                            rule.holdFor(),
                            rule.keepFiringFor(),
                            rule.labels(),
                            group.interval().orElse(usualInterval),
                            start,
                            end));
                }
            }
        }
        return reports;
    }

    private Report report(
            String name,
            String expression,
            Duration holdFor,
            Duration keepFiringFor,
            Map<String, String> labels,
            Duration interval,
            Instant start,
            Instant end)
            throws QueryException {
        long most = Duration.between(start, end).toMillis() / (PART * (long) MOST_PARTS) + 1;
        Duration step = interval.toMillis() < most ? Duration.ofMillis(most) : interval;
        var held = new LinkedHashMap<Labels, List<Long>>();
        Set<String> warnings = new LinkedHashSet<>();
        for (Instant from = start; !from.isAfter(end); ) {
            Instant last = from.plus(step.multipliedBy(PART - 1));
            Instant to = last.isAfter(end) ? end : last;
            QueryResult result = engine.range(expression, from, to, step);
            warnings.addAll(result.warnings());
            gather(result.value(), held);
            from = last.plus(step);
        }
        var firings = new ArrayList<Firing>();
        held.forEach((series, moments) ->
                follow(named(series, name, labels), moments, holdFor, keepFiringFor, step, end, firings));
        firings.sort(Comparator.comparing(Firing::firedAt).thenComparing(Firing::labels));
        if (firings.size() > MOST_FIRINGS) {
            warnings.add("Only the first " + MOST_FIRINGS + " of " + firings.size() + " alerts are shown");
        }
        return new Report(
                name,
                expression,
                holdFor,
                step,
                firings.subList(0, Math.min(MOST_FIRINGS, firings.size())),
                List.copyOf(warnings));
    }

    private static void gather(QueryValue value, Map<Labels, List<Long>> held) {
        if (value instanceof QueryValue.Matrix matrix) {
            for (QueryValue.Series series : matrix.series()) {
                List<Long> moments = held.computeIfAbsent(series.labels(), labels -> new ArrayList<>());
                for (long timestamp : series.timestamps()) {
                    moments.add(timestamp);
                }
                series.histograms().forEach(point -> moments.add(point.timestamp()));
            }
        }
    }

    private static Labels named(Labels series, String name, Map<String, String> labels) {
        Labels.Builder builder = series.toBuilder().remove(Labels.NAME);
        // Templates have no value to speak of here.
        labels.forEach((label, text) -> {
            if (text.indexOf('{') < 0) {
                builder.set(label, text);
            }
        });
        return builder.set("alertname", name).build();
    }

    private static void follow(
            Labels labels,
            List<Long> moments,
            Duration holdFor,
            Duration keepFiringFor,
            Duration step,
            Instant end,
            List<Firing> firings) {
        List<Long> sorted = moments.stream().sorted().toList();
        long gap = step.toMillis();
        int i = 0;
        while (i < sorted.size()) {
            long active = sorted.get(i);
            long last = active;
            boolean fires = holdFor.isZero();
            i++;
            // While it fires it may be gone for as long as it is kept firing.
            while (i < sorted.size() && sorted.get(i) - last <= gap + (fires ? keepFiringFor.toMillis() : 0)) {
                last = sorted.get(i);
                fires |= last - active >= holdFor.toMillis();
                i++;
            }
            if (fires) {
                Instant over = Instant.ofEpochMilli(last + gap).plus(keepFiringFor);
                firings.add(new Firing(
                        labels,
                        Instant.ofEpochMilli(active),
                        Instant.ofEpochMilli(active + roundedUp(holdFor.toMillis(), gap)),
                        over.isAfter(end) ? Optional.empty() : Optional.of(over)));
            }
        }
    }

    private static long roundedUp(long millis, long step) {
        return (millis + step - 1) / step * step;
    }
}
