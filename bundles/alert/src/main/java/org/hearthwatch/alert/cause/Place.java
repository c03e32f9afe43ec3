package org.hearthwatch.alert.cause;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.metric.Labels;

/**
 * Where an alert is in the graph.
 *
 * @param about the entities it is about
 * @param beneath what these stand on, without what stands on them in turn
 * @param idle why nobody expects one of them to work
 */
record Place(Set<EntityId> about, Set<EntityId> beneath, Optional<String> idle) {

    static Place of(Labels labels, InventoryGraph graph) {
        Set<EntityId> about = graph.about(labels);
        var beneath = new LinkedHashSet<EntityId>();
        for (EntityId id : about) {
            graph.supports(id).stream()
                    .filter(support -> !graph.supports(support).contains(id))
                    .forEach(beneath::add);
        }
        beneath.removeAll(about);
        return new Place(
                about,
                beneath,
                about.stream().flatMap(id -> graph.idle(id).stream()).findFirst());
    }

    Stream<EntityId> all() {
        return Stream.concat(about.stream(), beneath.stream());
    }
}
