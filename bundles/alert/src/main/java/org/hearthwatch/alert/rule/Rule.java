package org.hearthwatch.alert.rule;

import java.time.Duration;
import java.util.Map;

/** A rule as its file has it. */
public sealed interface Rule {

    /** The alert's name, or the metric that is written. */
    String name();

    /** The expression in PromQL. */
    String expression();

    /** Labels to set; an alert's are templates. */
    Map<String, String> labels();

    /** The line it begins at. */
    int line();

    /** This rule with a group's labels, of which its own win. */
    Rule withDefaults(Map<String, String> labels);

    /**
     * Raises alerts.
     *
     * @param holdFor how long the condition has to hold
     * @param keepFiringFor how long the alert fires on
     * @param annotations templates by name
     */
    record Alerting(
            String name,
            String expression,
            Duration holdFor,
            Duration keepFiringFor,
            Map<String, String> labels,
            Map<String, String> annotations,
            int line)
            implements Rule {

        public Alerting {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }

        @Override
        public Rule withDefaults(Map<String, String> defaults) {
            return new Alerting(
                    name, expression, holdFor, keepFiringFor, Defaults.under(labels, defaults), annotations, line);
        }
    }

    /** Writes a series. */
    record Recording(String name, String expression, Map<String, String> labels, int line) implements Rule {

        public Recording {
            labels = Map.copyOf(labels);
        }

        @Override
        public Rule withDefaults(Map<String, String> defaults) {
            return new Recording(name, expression, Defaults.under(labels, defaults), line);
        }
    }
}
