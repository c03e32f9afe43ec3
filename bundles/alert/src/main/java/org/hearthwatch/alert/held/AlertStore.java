package org.hearthwatch.alert.held;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.metric.Labels;

/** The alerts there are, by their labels; bounded. Thread-safe. */
public final class AlertStore {

    private final int most;
    private final Map<Labels, HeldAlert> alerts = new LinkedHashMap<>();
    private final AtomicLong refused = new AtomicLong();

    /** @param most alerts that are held; more are refused and counted */
    public AlertStore(int most) {
        this.most = most;
    }

    /** Takes news of an alert; what is known now, or nothing if there is no room for a new one. */
    public synchronized Optional<HeldAlert> put(HeldAlert news, Instant now) {
        HeldAlert old = alerts.get(news.labels());
        if (old == null && alerts.size() >= most) {
            refused.incrementAndGet();
            return Optional.empty();
        }
        HeldAlert known = old != null && news.overlaps(old) ? old.merge(news, now) : news;
        alerts.put(known.labels(), known);
        return Optional.of(known);
    }

    public synchronized Optional<HeldAlert> get(Labels labels) {
        return Optional.ofNullable(alerts.get(labels));
    }

    /** Forgets the resolved ones; groups that have not told of them yet hold them themselves. */
    public synchronized List<HeldAlert> collectGarbage(Instant now) {
        var gone = new ArrayList<HeldAlert>();
        alerts.values().removeIf(alert -> {
            boolean resolved = alert.isResolved(now);
            if (resolved) {
                gone.add(alert);
            }
            return resolved;
        });
        return gone;
    }

    /** All of them, resolved ones that were not collected yet too. */
    public synchronized List<HeldAlert> all() {
        return List.copyOf(alerts.values());
    }

    /** Takes over what was held before a restart, unless it is known better already. */
    public synchronized void restore(Collection<HeldAlert> before) {
        before.stream()
                .limit(Math.max(0, most - alerts.size()))
                .forEach(alert -> alerts.putIfAbsent(alert.labels(), alert));
    }

    /** How many new alerts found no room. */
    public long refused() {
        return refused.get();
    }
}
