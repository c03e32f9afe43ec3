package org.hearthwatch.api.inventory;

import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.metric.Labels;

/**
 * A thing that is watched.
 *
 * @param ties what makes a series or an alert one about this entity: all labels of any of these
 * @param idle why nobody expects it to work at present, such as {@code stopped on purpose}; alerts about it and what stands
 *     on it are kept quiet
 */
public record Entity(EntityId id, Set<Labels> ties, Optional<String> idle) {

    public Entity {
        ties = Set.copyOf(ties);
    }

    /** One that is expected to work. */
    public static Entity of(EntityId id, Labels... ties) {
        return new Entity(id, Set.of(ties), Optional.empty());
    }
}
