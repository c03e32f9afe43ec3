package org.hearthwatch.alert.osgi;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.alert.evaluate.RuleSettings;
import org.hearthwatch.alert.rule.PrometheusGlobals;
import org.hearthwatch.alert.rule.RulePack;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;

/**
 * Settings made of what stands in the configuration file.
 *
 * @param rules what holds for all rules, but for what {@code prometheus.yml} says
 * @param threads how many groups are evaluated at once
 * @param rescanInterval between two looks at the rule files
 * @param pack what is wanted of the rule pack
 */
record AlertSettings(RuleSettings rules, int threads, Duration rescanInterval, RulePack.Choice pack) {

    static final String PID = "org.hearthwatch.alert";

    private static final int MOST_THREADS = 64;

    /** What holds where the configuration cannot be used. */
    static final AlertSettings DEFAULT =
            new AlertSettings(RuleSettings.DEFAULT, 2, Duration.ofSeconds(2), RulePack.Choice.DEFAULT);

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    static AlertSettings of(AlertConfig config) {
        Duration day = Duration.ofDays(1);
        Duration second = Duration.ofSeconds(1);
        var rules = new RuleSettings(
                duration("evaluationInterval", config.evaluationInterval(), second, day),
                duration("queryOffset", config.queryOffset(), Duration.ZERO, Duration.ofHours(1)),
                Map.of(),
                url(config.externalUrl()),
                duration("resendDelay", config.resendDelay(), second, day),
                duration("outageTolerance", config.outageTolerance(), Duration.ZERO, Duration.ofDays(30)),
                duration("gracePeriod", config.gracePeriod(), Duration.ZERO, day));
        return new AlertSettings(
                rules,
                threads(config.threads()),
                duration("rescanInterval", config.rescanInterval(), Duration.ofMillis(100), Duration.ofHours(1)),
                new RulePack.Choice(
                        parsed(
                                "rulePack",
                                config.rulePack(),
                                "quiet, balanced, everything or off",
                                name -> RulePack.Noise.named(name.trim())),
                        names(config.disabledAlerts())));
    }

    private static Set<String> names(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What holds for rules, with what {@code prometheus.yml} says. */
    RuleSettings with(PrometheusGlobals globals) {
        return new RuleSettings(
                globals.evaluationInterval().orElse(rules.interval()),
                globals.queryOffset().orElse(rules.queryOffset()),
                globals.externalLabels(),
                rules.externalUrl(),
                rules.resendDelay(),
                rules.outageTolerance(),
                rules.gracePeriod());
    }

    static Duration duration(String key, String text, Duration least, Duration most) {
        String allowed =
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(least) + " to " + HumanDuration.format(most);
        Duration value = parsed(key, text, allowed, HumanDuration::parse);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidSettingException(PID, key, text, allowed);
        }
        return value;
    }

    private static int threads(String text) {
        String allowed = "a whole number from 1 to " + MOST_THREADS;
        int value = parsed("threads", text, allowed, number -> Integer.parseInt(number.trim()));
        if (value < 1 || value > MOST_THREADS) {
            throw new InvalidSettingException(PID, "threads", text, allowed);
        }
        return value;
    }

    static String url(String text) {
        String trimmed = text.trim();
        String allowed = "an address such as https://watch.home, or nothing";
        if (trimmed.isEmpty()) {
            return "";
        }
        URI address = parsed("externalUrl", trimmed, allowed, URI::create);
        if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
            throw new InvalidSettingException(PID, "externalUrl", text, allowed);
        }
        return trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    }

    static <T> T parsed(String key, String text, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            var refusal = new InvalidSettingException(PID, key, text, allowed);
            refusal.initCause(e);
            throw refusal;
        }
    }
}
