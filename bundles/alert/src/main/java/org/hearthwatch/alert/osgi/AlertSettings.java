package org.hearthwatch.alert.osgi;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.alert.evaluate.RuleSettings;
import org.hearthwatch.alert.rule.PrometheusGlobals;
import org.hearthwatch.alert.rule.RulePack;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;

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
    static final SettingReader READER = new SettingReader(PID);

    private static final int MOST_THREADS = 64;

    /** What holds where the configuration cannot be used. */
    static final AlertSettings DEFAULT =
            new AlertSettings(RuleSettings.DEFAULT, 2, Duration.ofSeconds(2), RulePack.Choice.DEFAULT);

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    static AlertSettings of(AlertConfig config) {
        Duration day = Duration.ofDays(1);
        Duration second = Duration.ofSeconds(1);
        var rules = new RuleSettings(
                READER.duration("evaluationInterval", config.evaluationInterval(), second, day),
                READER.duration("queryOffset", config.queryOffset(), Duration.ZERO, Duration.ofHours(1)),
                Map.of(),
                url(config.externalUrl()),
                READER.duration("resendDelay", config.resendDelay(), second, day),
                READER.duration("outageTolerance", config.outageTolerance(), Duration.ZERO, Duration.ofDays(30)),
                READER.duration("gracePeriod", config.gracePeriod(), Duration.ZERO, day));
        return new AlertSettings(
                rules,
                READER.count("threads", config.threads(), 1, MOST_THREADS),
                READER.duration("rescanInterval", config.rescanInterval(), Duration.ofMillis(100), Duration.ofHours(1)),
                new RulePack.Choice(
                        READER.parsed(
                                "rulePack",
                                config.rulePack(),
                                "quiet, balanced, everything or off",
                                name -> RulePack.Noise.named(name.trim())),
                        Set.copyOf(READER.list("disabledAlerts", config.disabledAlerts(), name -> name))));
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

    /** The address without a slash at its end, or nothing. */
    static String url(String text) {
        if (text.isBlank()) {
            return "";
        }
        String url = READER.address("externalUrl", text, "an address such as https://watch.home, or nothing")
                .toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
