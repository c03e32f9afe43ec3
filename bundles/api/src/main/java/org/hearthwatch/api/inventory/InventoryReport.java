package org.hearthwatch.api.inventory;

import java.util.List;

/**
 * What one source knows. An entity that several sources report has the ties of all of them; an end of an edge that nobody
 * reports is an entity without ties.
 *
 * @param origin where it comes from, for people, such as {@code etc/inventory.yml}
 */
public record InventoryReport(String origin, List<Entity> entities, List<Edge> edges) {

    public InventoryReport {
        entities = List.copyOf(entities);
        edges = List.copyOf(edges);
    }
}
