package org.hearthwatch.collect.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.metric.Labels;

/** A report that is being written. Not thread-safe. */
final class Draft {

    private final List<Entity> entities = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private int passedOver;

    /** An entity, tied to those of a series' labels that are named. */
    void add(EntityId id, Labels series, String... names) {
        entities.add(Entity.of(id, series.only(List.of(names))));
    }

    void edge(EntityId from, Edge.Kind kind, EntityId to) {
        edges.add(new Edge(from, kind, to));
    }

    void idle(EntityId id, String why) {
        entities.add(new Entity(id, Set.of(), Optional.of(why)));
    }

    /** Notes that a series tells of nothing. */
    void passOver() {
        passedOver++;
    }

    InventoryReport report(String origin) {
        return new InventoryReport(
                passedOver == 0 ? origin : origin + " (" + passedOver + " not understood)", entities, edges);
    }
}
