package org.hearthwatch.alert.notify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hearthwatch.alert.held.HeldAlert;

/** How a cause tells of what is folded under it. */
final class Consequences {

    /** More names than these help nobody. */
    private static final int MOST_NAMED = 10;

    private static final List<String> WHERE = List.of("name", "mountpoint", "device", "id", "instance", "job");

    private Consequences() {}

    /** A cause's texts with the count in its summary and the names under {@code consequences}. */
    static Map<String, String> told(Map<String, String> texts, List<HeldAlert> folded) {
        var told = new HashMap<>(texts);
        String count = folded.size() == 1 ? "1 more alert" : folded.size() + " more alerts";
        String names =
                folded.stream().limit(MOST_NAMED).map(Consequences::named).collect(Collectors.joining(", "));
        told.put("consequences", count + ": " + names + (folded.size() > MOST_NAMED ? ", ..." : ""));
        told.computeIfPresent("summary", (key, summary) -> summary + " (and " + count + " because of it)");
        return told;
    }

    private static String named(HeldAlert alert) {
        return WHERE.stream()
                .filter(alert.labels()::has)
                .findFirst()
                .map(label -> alert.name() + " " + alert.labels().get(label))
                .orElseGet(alert::name);
    }
}
