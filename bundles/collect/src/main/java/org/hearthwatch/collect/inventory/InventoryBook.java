package org.hearthwatch.collect.inventory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;

/** Keeps what each source reported last; what a source reported goes with it. Thread-safe. */
public final class InventoryBook implements Inventory {

    private final InventoryGraph.Limits limits;
    private final BiConsumer<InventorySource, Exception> failed;
    private final Map<InventorySource, Optional<InventoryReport>> reports = new LinkedHashMap<>();
    private volatile InventoryGraph graph = InventoryGraph.EMPTY;

    /** @param failed is told of a source that could not report */
    public InventoryBook(InventoryGraph.Limits limits, BiConsumer<InventorySource, Exception> failed) {
        this.limits = limits;
        this.failed = failed;
    }

    @Override
    public InventoryGraph graph() {
        return graph;
    }

    public synchronized void add(InventorySource source) {
        reports.put(source, Optional.empty());
    }

    /** Forgets a source and what it reported. */
    public synchronized void remove(InventorySource source) {
        reports.remove(source);
        putTogether();
    }

    /**
     * Asks every source. One that fails is told of, and what it reported before stays.
     *
     * @param instance of this machine
     */
    public void look(String instance) throws InterruptedException {
        List<InventorySource> sources;
        synchronized (this) {
            sources = new ArrayList<>(reports.keySet());
        }
        for (InventorySource source : sources) {
            try {
                InventoryReport report = source.report(instance);
                synchronized (this) {
                    // It may have gone meanwhile.
                    reports.computeIfPresent(source, (key, before) -> Optional.of(report));
                }
            } catch (IOException | RuntimeException e) {
                failed.accept(source, e);
            }
        }
        putTogether();
    }

    private synchronized void putTogether() {
        InventoryGraph changed = InventoryGraph.of(
                reports.values().stream().flatMap(Optional::stream).toList(), limits);
        if (!changed.equals(graph)) {
            graph = changed;
        }
    }
}
