package org.hearthwatch.alert.inhibit;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.config.InhibitConfig;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.metric.Labels;

/** One rule with the alerts that may keep others quiet under it, by the labels that have to be equal. Not thread-safe. */
final class InhibitRule {

    private final InhibitConfig config;
    private final Map<Labels, Map<Labels, HeldAlert>> sources = new HashMap<>();

    InhibitRule(InhibitConfig config) {
        this.config = config;
    }

    void update(HeldAlert alert) {
        if (config.source().matches(alert.labels())) {
            sources.computeIfAbsent(equal(alert.labels()), labels -> new LinkedHashMap<>())
                    .put(alert.labels(), alert);
        }
    }

    void collectGarbage(Instant now) {
        sources.values().forEach(alerts -> alerts.values().removeIf(alert -> alert.isResolved(now)));
        sources.values().removeIf(Map::isEmpty);
    }

    Optional<HeldAlert> source(Labels target, Instant now) {
        if (!config.target().matches(target)) {
            return Optional.empty();
        }
        // An alert on both sides keeps no other such alert quiet, nor itself.
        boolean bothSides = config.source().matches(target);
        Collection<HeldAlert> alerts =
                sources.getOrDefault(equal(target), Map.of()).values();
        return alerts.stream()
                .filter(alert -> !alert.isResolved(now))
                .filter(alert -> !bothSides || !config.target().matches(alert.labels()))
                .findFirst();
    }

    /** A label that is missing counts as the empty text, on both sides. */
    private Labels equal(Labels labels) {
        return labels.only(config.equal());
    }
}
