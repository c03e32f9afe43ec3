package org.hearthwatch.alert.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hearthwatch.alert.template.Bounds;
import org.hearthwatch.alert.template.Functions;
import org.hearthwatch.alert.template.Members;
import org.hearthwatch.alert.template.PrometheusFunctions;
import org.hearthwatch.alert.template.Template;
import org.hearthwatch.alert.template.TemplateException;
import org.hearthwatch.alert.template.TextMap;
import org.hearthwatch.alert.text.GoText;

/**
 * The labels and annotations of alerts, which are templates: {@code $labels}, {@code $externalLabels}, {@code
 * $externalURL} and {@code $value} say what the alert is about.
 */
public final class AlertTexts {

    private static final List<String> VARIABLES = List.of("$labels", "$externalLabels", "$externalURL", "$value");

    private AlertTexts() {}

    /** What a text may speak of. The value is a {@link Double}, or a {@link String} for a histogram. */
    public record Subject(
            Map<String, String> labels, Map<String, String> externalLabels, String externalUrl, Object value)
            implements Members {

        @Override
        public String typeName() {
            return "template.alertTemplateData";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Labels" -> Optional.of(new TextMap(labels));
                case "ExternalLabels" -> Optional.of(new TextMap(externalLabels));
                case "ExternalURL" -> Optional.of(externalUrl);
                case "Value" -> Optional.of(value);
                default -> Optional.empty();
            };
        }

        private Map<String, Object> variables() {
            return Map.of(
                    "$labels",
                    new TextMap(labels),
                    "$externalLabels",
                    new TextMap(externalLabels),
                    "$externalURL",
                    externalUrl,
                    "$value",
                    value);
        }
    }

    /** The texts of one rule at one evaluation: each is parsed once, however many alerts there are. Not thread-safe. */
    public static final class Parsed {

        private final String alert;
        private final Functions functions;
        private final LongSupplier nanoTime;
        private final Map<String, Template> templates = new HashMap<>();

        /** @param alert the rule's name, for messages */
        public Parsed(String alert, Functions functions, LongSupplier nanoTime) {
            this.alert = alert;
            this.functions = functions;
            this.nanoTime = nanoTime;
        }

        /** Expands one text of an alert; what goes wrong stands in the text, for whoever reads the alert. */
        public String expand(String text, Subject subject) {
            // Most labels are no templates.
            if (text.indexOf('{') < 0) {
                return text;
            }
            try {
                Template template = templates.get(text);
                if (template == null) {
                    template = parse(alert, text, functions);
                    templates.put(text, template);
                }
                return template.expand(subject, subject.variables(), Bounds.DEFAULT, nanoTime);
            } catch (TemplateException e) {
                return "<error expanding template: error executing template __alert_" + alert + ": " + e.reason() + ">";
            }
        }
    }

    private static Template parse(String alert, String text, Functions functions) throws TemplateException {
        return Template.parse("__alert_" + alert, text, VARIABLES, functions);
    }

    /** What is wrong with some texts, as far as that can be known without data. */
    static List<String> problems(String alert, String kind, Map<String, String> texts) {
        var problems = new ArrayList<String>();
        Functions functions = PrometheusFunctions.of(expression -> List.of(), Instant.EPOCH, "");
        new TreeMap<>(texts).forEach((name, text) -> {
            try {
                parse(alert, text, functions);
            } catch (TemplateException e) {
                problems.add(kind + " " + GoText.quote(name) + ": " + e.reason());
            }
        });
        return problems;
    }
}
