package org.hearthwatch.alert.inhibit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.alert.config.InhibitConfig;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.metric.Labels;

/** Says which alerts are kept quiet by others. Thread-safe. */
public final class Inhibitor {

    private final List<InhibitRule> rules;

    public Inhibitor(List<InhibitConfig> rules) {
        this.rules = rules.stream().map(InhibitRule::new).toList();
    }

    /** Takes news of an alert, which may keep others quiet from now on. */
    public synchronized void update(HeldAlert alert) {
        rules.forEach(rule -> rule.update(alert));
    }

    /** Forgets alerts that are over. */
    public synchronized void collectGarbage(Instant now) {
        rules.forEach(rule -> rule.collectGarbage(now));
    }

    /** The alert that keeps one with these labels quiet. */
    public synchronized Optional<HeldAlert> inhibitedBy(Labels labels, Instant now) {
        for (InhibitRule rule : rules) {
            Optional<HeldAlert> source = rule.source(labels, now);
            if (source.isPresent()) {
                return source;
            }
        }
        return Optional.empty();
    }
}
