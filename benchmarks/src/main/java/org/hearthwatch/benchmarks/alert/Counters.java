package org.hearthwatch.benchmarks.alert;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;

/** Channels that count what they are told, by their {@code url}. Thread-safe. */
final class Counters implements NotifierFactory {

    private final Set<String> told = new HashSet<>();
    private int doubled;
    private int messages;

    @Override
    public Set<String> sections() {
        return Set.of("webhook_configs");
    }

    @Override
    public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global) {
        String channel = String.valueOf(entry.get("url"));
        return new Notifier() {
            @Override
            public String name() {
                return channel;
            }

            @Override
            public String kind() {
                return "counter";
            }

            @Override
            public String deliver(Notification notification) {
                count(channel, notification);
                return "counted";
            }
        };
    }

    private synchronized void count(String channel, Notification notification) {
        messages++;
        for (NotifiedAlert alert : notification.alerts()) {
            if (!told.add(channel + alert.labels())) {
                doubled++;
            }
        }
        notifyAll();
    }

    /** Waits until so many were told; says whether that came true in time. */
    synchronized boolean await(int wanted, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (told.size() < wanted) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    synchronized int told() {
        return told.size();
    }

    synchronized int doubled() {
        return doubled;
    }

    synchronized int messages() {
        return messages;
    }
}
