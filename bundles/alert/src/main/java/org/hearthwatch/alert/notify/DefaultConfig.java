package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.alert.config.RouteConfig;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.alert.text.PromDuration;

/** What holds without a file: everything to everybody, grouped by what is wrong and where. */
public final class DefaultConfig {

    /** The one receiver. */
    public static final String EVERYTHING = "everything";

    private DefaultConfig() {}

    /**
     * The configuration.
     *
     * @param groupBy labels
     * @param groupWait from a group's first alert to its first message
     * @param groupInterval between messages about the same group
     * @param repeatInterval after which the same is told again
     */
    public static AlertmanagerConfig of(
            List<String> groupBy, Duration groupWait, Duration groupInterval, Duration repeatInterval) {
        var route = new RouteConfig(
                Optional.of(EVERYTHING),
                Optional.of(groupBy),
                false,
                Optional.of(groupWait),
                Optional.of(groupInterval),
                Optional.of(repeatInterval),
                LabelMatchers.NONE,
                List.of(),
                List.of(),
                false,
                Map.of(),
                List.of());
        String text = "# There is no etc/alertmanager.yml: everything goes to every channel.\n"
                + "route:\n"
                + "  receiver: " + EVERYTHING + "\n"
                + "  group_by: [" + String.join(", ", groupBy) + "]\n"
                + "  group_wait: " + text(groupWait) + "\n"
                + "  group_interval: " + text(groupInterval) + "\n"
                + "  repeat_interval: " + text(repeatInterval) + "\n"
                + "receivers:\n"
                + "  - name: " + EVERYTHING + "\n";
        return new AlertmanagerConfig(
                AlertmanagerConfig.RESOLVE_TIMEOUT,
                Map.of(),
                route,
                List.of(new ReceiverConfig(EVERYTHING, Map.of("name", EVERYTHING), List.of())),
                List.of(),
                Map.of(),
                List.of(),
                text);
    }

    private static String text(Duration duration) {
        return PromDuration.format(duration);
    }
}
