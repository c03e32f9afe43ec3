package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.alert.config.RouteConfig;
import org.hearthwatch.alert.matching.LabelMatcher;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.alert.text.PromDuration;

/** What holds without a file: everything to everybody, grouped by what is wrong and where. */
public final class DefaultConfig {

    /** Who is told. */
    public static final String EVERYTHING = "everything";

    /** Who is told what is meant for no person, such as that alerting works: no channel at all. */
    private static final String NOBODY = "nobody";

    private static final LabelMatchers FOR_NO_PERSON =
            new LabelMatchers(List.of(LabelMatcher.equal("severity", "none")));

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
        var silent = new RouteConfig(
                Optional.of(NOBODY),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FOR_NO_PERSON,
                List.of(),
                List.of(),
                false,
                Map.of(),
                List.of());
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
                List.of(silent));
        String text = "# There is no etc/alertmanager.yml: everything goes to every channel.\n"
                + "route:\n"
                + "  receiver: " + EVERYTHING + "\n"
                + "  group_by: [" + String.join(", ", groupBy) + "]\n"
                + "  group_wait: " + text(groupWait) + "\n"
                + "  group_interval: " + text(groupInterval) + "\n"
                + "  repeat_interval: " + text(repeatInterval) + "\n"
                + "  routes:\n"
                + "    - receiver: " + NOBODY + "\n"
                + "      matchers: ['severity=\"none\"']\n"
                + "receivers:\n"
                + "  - name: " + EVERYTHING + "\n"
                + "  - name: " + NOBODY + "\n";
        return new AlertmanagerConfig(
                AlertmanagerConfig.RESOLVE_TIMEOUT,
                Map.of(),
                route,
                List.of(receiver(EVERYTHING), receiver(NOBODY)),
                List.of(),
                Map.of(),
                List.of(),
                text);
    }

    private static ReceiverConfig receiver(String name) {
        return new ReceiverConfig(name, Map.of("name", name), List.of());
    }

    private static String text(Duration duration) {
        return PromDuration.format(duration);
    }
}
