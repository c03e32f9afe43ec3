package org.hearthwatch.http.osgi;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthwatch.http.json.Needed;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** The services that happen to be there: routes are served whether or not what is behind them runs. Thread-safe. */
final class AtHand implements AutoCloseable {

    private final BundleContext context;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();

    AtHand(BundleContext context) {
        this.context = context;
    }

    /** @param name what is missing where it is not there, in the reader's words */
    <T> Needed<T> needed(String name, Class<T> type) {
        return Needed.of(name, () -> find(type).orElse(null));
    }

    /** The service of the highest rank, as of now. */
    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(type.cast(follow(type).getService()));
    }

    boolean has(Class<?> type) {
        return find(type).isPresent();
    }

    private ServiceTracker<?, ?> follow(Class<?> type) {
        return trackers.computeIfAbsent(type, missing -> {
            var tracker = new ServiceTracker<>(context, type, null);
            tracker.open();
            return tracker;
        });
    }

    @Override
    public void close() {
        trackers.values().forEach(ServiceTracker::close);
    }
}
