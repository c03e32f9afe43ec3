package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.metric.Labels;

/** Counts how often alerts begin anew: four times within an hour is flapping, until an hour has fewer. Not thread-safe. */
final class FlapWatch {

    private static final int FLAPPING = 4;
    private static final Duration SPAN = Duration.ofHours(1);
    private static final int MOST = 100_000;

    private final Map<Labels, Deque<Instant>> beginnings = new HashMap<>();

    void update(HeldAlert alert, Instant now) {
        if (alert.isResolved(now) || (beginnings.size() >= MOST && !beginnings.containsKey(alert.labels()))) {
            return;
        }
        Deque<Instant> starts = beginnings.computeIfAbsent(alert.labels(), labels -> new ArrayDeque<>());
        if (starts.isEmpty() || alert.startsAt().isAfter(starts.getLast())) {
            starts.addLast(alert.startsAt());
        }
        trim(starts, now);
    }

    private static void trim(Deque<Instant> starts, Instant now) {
        while (!starts.isEmpty() && starts.getFirst().isBefore(now.minus(SPAN))) {
            starts.removeFirst();
        }
    }

    boolean isFlapping(Labels labels, Instant now) {
        Deque<Instant> starts = beginnings.get(labels);
        if (starts == null) {
            return false;
        }
        trim(starts, now);
        return starts.size() >= FLAPPING;
    }

    void collectGarbage(Instant now) {
        beginnings.values().removeIf(starts -> {
            trim(starts, now);
            return starts.isEmpty();
        });
    }
}
