package org.hearthwatch.collect;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.store.SampleWriter;

/**
 * Runs every collector it is given at its own interval, away from the others, and appends what they report to the store.
 * Thread-safe.
 */
public final class CollectorRunner implements Collectors, AutoCloseable {

    private final RunnerSettings settings;
    private final InstantSource clock;
    private final Timer timer;
    private final Workers workers;
    private final Outlet outlet;
    private final ConcurrentSkipListMap<String, ScheduledCollector> collectors = new ConcurrentSkipListMap<>();
    private boolean closed;

    public CollectorRunner(RunnerSettings settings, InstantSource clock, Timer timer, Workers workers, Outlet outlet) {
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
        this.outlet = outlet;
    }

    /**
     * Runs a collector, for the first time at once.
     *
     * @throws IllegalStateException if there are too many, or the runner is closed
     */
    public Registration add(Source source) {
        ScheduledCollector added;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The runner is closed");
            }
            if (collectors.size() >= settings.collectors()) {
                throw new IllegalStateException("Collector " + source.name() + " of bundle " + source.bundle()
                        + " is not run: there are " + collectors.size()
                        + " already, the limit maxCollectors in etc/org.hearthwatch.collect.cfg");
            }
            added = new ScheduledCollector(
                    source.named(unique(source.name())), settings, clock, timer, workers, outlet);
            collectors.put(added.name(), added);
        }
        added.start();
        return new Entry(added);
    }

    /** Runs go to a store that has come; what was dropped last for want of one is measured again at once. */
    public void connect(SampleWriter store) {
        outlet.connect(store);
        collectors.values().forEach(ScheduledCollector::storeArrived);
    }

    /** A store leaves: series end there, because nothing of this runner's will follow. Harmless if another took its place. */
    public void disconnect(SampleWriter store) {
        if (outlet.leadsTo(store)) {
            collectors.values().forEach(ScheduledCollector::storeLeaves);
            outlet.disconnect();
        }
    }

    @Override
    public String instance() {
        return settings.instance();
    }

    @Override
    public List<CollectorStatus> list() {
        return collectors.values().stream().map(ScheduledCollector::status).toList();
    }

    @Override
    public Optional<CollectorStatus> find(String name) {
        return Optional.ofNullable(collectors.get(name)).map(ScheduledCollector::status);
    }

    @Override
    public CollectorRun runOnce(String name) throws InterruptedException {
        ScheduledCollector collector = collectors.get(name);
        if (collector == null) {
            throw new NoSuchElementException("There is no collector " + name);
        }
        return collector.runOnce();
    }

    /** Ends all collectors. */
    @Override
    public void close() {
        List<ScheduledCollector> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(collectors.values());
            collectors.clear();
        }
        all.forEach(ScheduledCollector::close);
    }

    Iterable<ScheduledCollector> all() {
        return collectors.values();
    }

    RunnerSettings settings() {
        return settings;
    }

    Workers.Load load() {
        return workers.load();
    }

    long dropped() {
        return outlet.dropped();
    }

    private String unique(String name) {
        String candidate = name;
        for (int i = 2; collectors.containsKey(candidate); i++) {
            candidate = name + "-" + i;
        }
        return candidate;
    }

    private final class Entry implements Registration {

        private final ScheduledCollector collector;

        Entry(ScheduledCollector collector) {
            this.collector = collector;
        }

        @Override
        public String name() {
            return collector.name();
        }

        @Override
        public void close() {
            synchronized (CollectorRunner.this) {
                collectors.remove(collector.name(), collector);
            }
            collector.close();
        }
    }
}
