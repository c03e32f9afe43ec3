package org.hearthwatch.api.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.osgi.annotation.versioning.ProviderType;

/** Who is told of what, and what became of it. Thread-safe. */
@ProviderType
public interface Routing {

    /** Where an alert would go now, and why. */
    Trace trace(Labels labels);

    /** The whole tree, each route before those under it. */
    List<Node> routes();

    /** Everybody who may be told of something, in the order of the configuration. */
    List<Receiver> receivers();

    /**
     * Sends a message that says it is a test, firing and resolved, through every channel of a receiver, and waits.
     *
     * @param receiver its name, or the id of one of its channels
     * @throws AlertingRefusal if there is none of this name
     */
    List<TestResult> test(String receiver) throws AlertingRefusal, InterruptedException;

    /** Messages that went out or were given up, the newest first. */
    List<Notice> notices(int most);

    /** The configuration in force, and what is wrong with the file if it is not that. */
    Status status();

    /**
     * Reads {@code etc/alertmanager.yml}, its templates and the rule files anew.
     *
     * @throws AlertingRefusal if any of them is wrong, of all that are; what these said before stays in force
     */
    void reload() throws AlertingRefusal;

    /**
     * Where an alert would go.
     *
     * @param steps every route that was asked, in order
     * @param destinations at least one
     * @param silencedBy ids of silences that would keep it from everybody
     * @param inhibitedBy fingerprints of alerts that would
     */
    record Trace(List<Step> steps, List<Destination> destinations, List<String> silencedBy, List<String> inhibitedBy) {
        public Trace {
            steps = List.copyOf(steps);
            destinations = List.copyOf(destinations);
            silencedBy = List.copyOf(silencedBy);
            inhibitedBy = List.copyOf(inhibitedBy);
        }
    }

    /**
     * A route that was asked.
     *
     * @param depth 0 for the root
     * @param matchers as Alertmanager writes them
     * @param continues whether the next ones are asked even if it matches
     */
    record Step(int depth, String matchers, String receiver, boolean matches, boolean continues) {}

    /**
     * A route of the tree, with what it has from those above it.
     *
     * @param depth 0 for the root
     * @param matchers as Alertmanager writes them
     * @param continues whether the next ones are asked even if it matches
     * @param groupBy label names; {@code ...} alone where every alert is a group of its own
     * @param mutedDuring the names of time intervals in which it tells nobody
     * @param activeDuring the names of time intervals outside of which it tells nobody; empty for always
     */
    record Node(
            int depth,
            String matchers,
            String receiver,
            boolean continues,
            List<String> groupBy,
            Duration groupWait,
            Duration groupInterval,
            Duration repeatInterval,
            List<String> mutedDuring,
            List<String> activeDuring) {
        public Node {
            groupBy = List.copyOf(groupBy);
            mutedDuring = List.copyOf(mutedDuring);
            activeDuring = List.copyOf(activeDuring);
        }
    }

    /**
     * Somebody who would be told.
     *
     * @param route the matchers from the root
     * @param groupLabels the group it would be in
     * @param channels ids
     * @param mutedBy time intervals that would keep it from this receiver now
     */
    record Destination(
            String receiver,
            String route,
            Labels groupLabels,
            Duration groupWait,
            Duration groupInterval,
            Duration repeatInterval,
            List<String> channels,
            List<String> mutedBy) {
        public Destination {
            channels = List.copyOf(channels);
            mutedBy = List.copyOf(mutedBy);
        }
    }

    /** Somebody who may be told, by one or more channels. */
    record Receiver(String name, Map<String, String> labels, List<Channel> channels) {
        public Receiver {
            labels = Map.copyOf(labels);
            channels = List.copyOf(channels);
        }
    }

    /**
     * A way to reach a receiver.
     *
     * @param id such as {@code ops/email[0]}
     * @param kind such as {@code mail}
     * @param waiting how many messages wait for it
     * @param lastDelivered when it last took a message
     * @param failure why it cannot be used or fails at present
     */
    record Channel(String id, String kind, int waiting, Optional<Instant> lastDelivered, Optional<String> failure) {}

    /**
     * What came of a test.
     *
     * @param answer what the other side said, or why it failed
     */
    record TestResult(String channel, boolean delivered, Duration took, String answer) {}

    /**
     * A message that ended.
     *
     * @param key of the message, the same for every try
     * @param channel the id of the way it went
     * @param group the group's key
     * @param reason why it was sent
     * @param tries how often it was tried; 0 if it never was
     * @param answer what the other side said, or why it was given up
     */
    record Notice(
            Instant at,
            String key,
            String receiver,
            String channel,
            String group,
            String reason,
            boolean delivered,
            int tries,
            int firing,
            int resolved,
            String answer) {}

    /**
     * The configuration.
     *
     * @param source the file, or what stands in for it
     * @param text as it is written; secrets are not hidden
     * @param since when it came into force
     * @param problems of the file as it stands, if something else is in force
     */
    record Status(String source, String text, Instant since, List<String> problems) {
        public Status {
            problems = List.copyOf(problems);
        }
    }
}
