package org.hearthwatch.prometheus.out;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/** Prometheus's relabelling: rules applied one after the other, each to what the one before left. Thread-safe. */
public final class Relabelling {

    private final List<RelabelRule> rules;

    private Relabelling(List<RelabelRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads rules as they stand in Prometheus's {@code write_relabel_configs}, in YAML's flow style; empty for none.
     *
     * @throws IllegalArgumentException saying what is wrong with which rule
     */
    public static Relabelling parse(String text) {
        if (text.isBlank()) {
            return new Relabelling(List.of());
        }
        if (!(FlowYaml.parse(text) instanceof List<?> list)) {
            throw new IllegalArgumentException("expected a list of rules in brackets");
        }
        var rules = new ArrayList<RelabelRule>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> fields)) {
                throw new IllegalArgumentException("rule " + (rules.size() + 1) + " is not written in braces");
            }
            try {
                rules.add(RelabelRule.of(fields));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("rule " + (rules.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Relabelling(rules);
    }

    /** What becomes of labels; empty if they are dropped. */
    public Optional<Labels> apply(Labels labels) {
        Labels current = labels;
        for (RelabelRule rule : rules) {
            Optional<Labels> next = rule.apply(current);
            if (next.isEmpty()) {
                return next;
            }
            current = next.get();
        }
        return current.isEmpty() ? Optional.empty() : Optional.of(current);
    }
}
