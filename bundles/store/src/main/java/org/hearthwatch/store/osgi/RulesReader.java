package org.hearthwatch.store.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.store.blocks.Keeping.Rule;
import org.hearthwatch.store.blocks.Selector;

/** Reads {@code up=1y; debug_requests{job=~"a|b"}=2d}. */
final class RulesReader {

    private static final String ALLOWED = "rules with ; between them, each as selector=duration, such as up=1y;"
            + " {__name__=~\"debug_.*\", job=\"shop\"}=2d; durations from 1h to 100y, at most 100 rules";
    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(,|$)");

    private RulesReader() {}

    /** @throws InvalidSettingException if the text has anything else */
    static List<Rule> rules(String text) {
        List<Rule> rules = SettingsReader.READER.parsed("metricRetention", text, ALLOWED, RulesReader::written);
        if (rules.size() > MOST) {
            throw SettingsReader.READER.refused("metricRetention", text, ALLOWED);
        }
        return rules;
    }

    private static List<Rule> written(String text) {
        var rules = new ArrayList<Rule>();
        for (String part : parts(text)) {
            if (!part.isBlank()) {
                rules.add(rule(part.trim()));
            }
        }
        return rules;
    }

    /** The text between semicolons that are not in quotation marks. */
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static Rule rule(String part) {
        int equals = part.lastIndexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("a rule is selector=duration");
        }
        Duration kept = HumanDuration.parse(part.substring(equals + 1));
        if (kept.compareTo(Duration.ofHours(1)) < 0 || kept.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException("a duration from 1h to 100y");
        }
        return new Rule(new Selector(matchers(part.substring(0, equals).trim())), kept.toMillis());
    }

    private static List<Matcher> matchers(String selector) {
        var matchers = new ArrayList<Matcher>();
        int brace = selector.indexOf('{');
        String name = (brace < 0 ? selector : selector.substring(0, brace)).trim();
        if (!name.isEmpty()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(name + " is no metric name");
            }
            matchers.add(Matcher.equal(Labels.NAME, name));
        }
        if (brace >= 0) {
            if (!selector.endsWith("}")) {
                throw new IllegalArgumentException("a selector ends with }");
            }
            conditions(selector.substring(brace + 1, selector.length() - 1), matchers);
        }
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("a selector names something");
        }
        return matchers;
    }

    private static void conditions(String text, List<Matcher> into) {
        var condition = CONDITION.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            condition.region(at, text.length());
            if (!condition.lookingAt()) {
                throw new IllegalArgumentException("a condition is label=\"value\", with =, !=, =~ or !~");
            }
            into.add(new Matcher(
                    condition.group(1),
                    kind(condition.group(2)),
                    condition.group(3).replaceAll("\\\\(.)", "$1")));
            at = condition.end();
        }
    }

    private static Matcher.Kind kind(String sign) {
        for (Matcher.Kind kind : Matcher.Kind.values()) {
            if (kind.sign().equals(sign)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(sign + " compares nothing");
    }
}
