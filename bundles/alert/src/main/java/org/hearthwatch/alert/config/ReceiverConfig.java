package org.hearthwatch.alert.config;

import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.yaml.Problem;

/**
 * A receiver as it is written.
 *
 * @param labels to ask for it by; its name is always among them
 */
public record ReceiverConfig(String name, Map<String, String> labels, List<Channel> channels) {

    public ReceiverConfig {
        labels = Map.copyOf(labels);
        channels = List.copyOf(channels);
    }

    /**
     * One way of a receiver to reach people.
     *
     * @param section such as {@code email_configs}
     * @param index its place in the section, from 0
     * @param entry strings, booleans, longs, doubles, lists and maps of these
     * @param sendResolved whether it is told of the end of alerts
     * @param mostAlerts how many alerts a message has; 0 for any number
     * @param place where it stands
     */
    public record Channel(
            String section,
            int index,
            Map<String, Object> entry,
            boolean sendResolved,
            int mostAlerts,
            Problem.Place place) {

        public Channel {
            entry = Map.copyOf(entry);
        }

        /** The kind as Alertmanager's log and metrics have it, such as {@code email}. */
        public String integration() {
            return section.replace("_configs", "");
        }
    }
}
