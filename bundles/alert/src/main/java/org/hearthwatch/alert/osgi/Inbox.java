package org.hearthwatch.alert.osgi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hearthwatch.api.alert.RaisedAlert;

/** Alerts that wait to be taken in; they are told again, so that one without room is not lost for good. Thread-safe. */
final class Inbox {

    private static final int MOST = 100_000;

    private final Deque<RaisedAlert> waiting = new ArrayDeque<>();
    private long dropped;

    synchronized void add(List<RaisedAlert> alerts) {
        for (RaisedAlert alert : alerts) {
            if (waiting.size() >= MOST) {
                dropped++;
            } else {
                waiting.addLast(alert);
            }
        }
    }

    /** All that wait, which then do so no longer. */
    synchronized List<RaisedAlert> take() {
        List<RaisedAlert> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** How many found no room. */
    synchronized long dropped() {
        return dropped;
    }
}
