package org.hearthwatch.collect.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;

/** Keeps what each source reported last; what a source reported goes with it. Thread-safe. */
public final class InventoryBook implements Inventory {

    private final InventoryGraph.Limits limits;
    private final Map<InventorySource, Optional<InventoryReport>> reports = new LinkedHashMap<>();
    private volatile InventoryGraph graph = InventoryGraph.EMPTY;

    public InventoryBook(InventoryGraph.Limits limits) {
        this.limits = limits;
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

    /** Takes what a source reports in place of what it reported before; nothing of one that has gone meanwhile. */
    public synchronized void take(InventorySource source, InventoryReport report) {
        Optional<InventoryReport> news = Optional.of(report);
        if (reports.containsKey(source) && !news.equals(reports.put(source, news))) {
            putTogether();
        }
    }

    private void putTogether() {
        InventoryGraph changed = InventoryGraph.of(
                reports.values().stream().flatMap(Optional::stream).toList(), limits);
        if (!changed.equals(graph)) {
            graph = changed;
        }
    }
}
