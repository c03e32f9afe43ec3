package org.hearthwatch.alert.osgi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.delivery.CourierSettings;
import org.hearthwatch.alert.notify.DefaultConfig;
import org.hearthwatch.alert.notify.DeskSettings;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;

/**
 * Settings of who is told, made of what stands in the configuration file.
 *
 * @param defaults what holds without an {@code alertmanager.yml}
 * @param withoutFile what goes beyond it then
 * @param withFile what goes beyond an {@code alertmanager.yml}
 * @param heartbeat the address that is asked as long as all is well
 */
record RoutingSettings(
        AlertmanagerConfig defaults,
        DeskSettings withoutFile,
        DeskSettings withFile,
        Duration linkLifetime,
        List<URI> forwardTo,
        Optional<URI> heartbeat,
        Duration heartbeatInterval,
        Duration rescanInterval) {

    private static final SettingReader READER = AlertSettings.READER;
    private static final String AUTO = "auto";
    private static final String OFF = "off";
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,6})\\s*/\\s*(\\S+)");
    private static final String LIMIT_ALLOWED =
            "a number of messages and a duration from 1s to 1d, as 30/10m; off; or auto";
    private static final int USUAL_MESSAGES = 30;
    private static final Duration USUAL_SPAN = Duration.ofMinutes(10);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    /** What holds where the configuration cannot be used. */
    static final RoutingSettings DEFAULT = new RoutingSettings(
            DefaultConfig.of(
                    List.of("alertname", "instance"),
                    Duration.ofMillis(500),
                    Duration.ofMinutes(1),
                    Duration.ofHours(4)),
            DeskSettings.DEFAULT,
            DeskSettings.DEFAULT,
            DAY,
            List.of(),
            Optional.empty(),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2));

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    static RoutingSettings of(AlertConfig config) {
        Duration second = Duration.ofSeconds(1);
        AlertmanagerConfig defaults = DefaultConfig.of(
                READER.list("groupBy", config.groupBy(), name -> name),
                READER.duration("groupWait", config.groupWait(), Duration.ZERO, Duration.ofHours(1)),
                READER.duration("groupInterval", config.groupInterval(), second, DAY),
                READER.duration("repeatInterval", config.repeatInterval(), Duration.ofMinutes(1), Duration.ofDays(30)));
        return new RoutingSettings(
                defaults,
                desk(config, false),
                desk(config, true),
                READER.duration("linkLifetime", config.linkLifetime(), Duration.ZERO, Duration.ofDays(30)),
                READER.list("forwardTo", config.forwardTo(), address -> address("forwardTo", address)),
                Optional.of(config.heartbeatUrl().trim())
                        .filter(url -> !url.isEmpty())
                        .map(url -> address("heartbeatUrl", url)),
                READER.duration("heartbeatInterval", config.heartbeatInterval(), Duration.ofSeconds(10), DAY),
                AlertSettings.of(config).rescanInterval());
    }

    private static DeskSettings desk(AlertConfig config, boolean withFile) {
        Duration escalateAfter = READER.duration("escalateAfter", config.escalateAfter(), Duration.ZERO, WEEK);
        String escalateTo = config.escalateTo().trim();
        if (!escalateAfter.isZero() && escalateTo.isEmpty()) {
            throw READER.refused("escalateTo", escalateTo, "the name of a receiver where escalateAfter is set");
        }
        Duration repeat =
                READER.duration("repeatUntilAcknowledged", config.repeatUntilAcknowledged(), Duration.ZERO, WEEK);
        return new DeskSettings(
                AlertSettings.url(config.externalUrl()),
                Optional.of(repeat).filter(each -> !each.isZero()),
                Optional.of(escalateAfter).filter(each -> !each.isZero()),
                escalateTo,
                config.fallback().trim(),
                READER.duration("fallbackAfter", config.fallbackAfter(), Duration.ZERO, DAY),
                new DeskSettings.Folding(
                        folds("foldFlapping", config.foldFlapping(), withFile),
                        folds("foldCauses", config.foldCauses(), withFile),
                        READER.duration("causeWait", config.causeWait(), Duration.ZERO, Duration.ofMinutes(10))),
                couriers(config, withFile));
    }

    private static boolean folds(String key, String text, boolean withFile) {
        return switch (text.trim()) {
            case "on" -> true;
            case OFF -> false;
            case AUTO -> !withFile;
            default -> throw READER.refused(key, text, "on, off or auto");
        };
    }

    private static CourierSettings couriers(AlertConfig config, boolean withFile) {
        Duration deadline = READER.duration(
                "deliveryDeadline", config.deliveryDeadline(), Duration.ofSeconds(1), Duration.ofMinutes(10));
        String text = config.rateLimit().trim();
        if (text.equals(OFF) || (text.equals(AUTO) && withFile)) {
            return new CourierSettings(deadline, 0, Duration.ZERO);
        }
        if (text.equals(AUTO)) {
            return new CourierSettings(deadline, USUAL_MESSAGES, USUAL_SPAN);
        }
        var match = LIMIT.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
            throw READER.refused("rateLimit", text, LIMIT_ALLOWED);
        }
        Duration span = READER.parsed("rateLimit", match.group(2), LIMIT_ALLOWED, HumanDuration::parse);
        if (span.compareTo(Duration.ofSeconds(1)) < 0 || span.compareTo(DAY) > 0) {
            throw READER.refused("rateLimit", text, LIMIT_ALLOWED);
        }
        return new CourierSettings(deadline, Integer.parseInt(match.group(1)), span);
    }

    private static URI address(String key, String text) {
        return READER.address(key, text, "an address such as https://watch.home");
    }
}
