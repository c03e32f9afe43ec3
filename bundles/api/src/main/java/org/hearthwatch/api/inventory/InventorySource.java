package org.hearthwatch.api.inventory;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows entities and what they stand on. A collector registers itself as one too and reports what it sees beside its
 * samples; what a service reported is forgotten when it goes.
 */
@ConsumerType
@FunctionalInterface
public interface InventorySource {

    /**
     * What is known now; asked every half minute, beside other sources, never twice at once. Interrupted when it takes too long
     * (20 s), and not asked again before it has come back.
     *
     * @param instance the {@code instance} label of what is collected on this machine, whose entity is
     *     {@link EntityId#host}
     * @throws IOException if it could not be found out; what was reported before stays
     */
    InventoryReport report(String instance) throws IOException, InterruptedException;
}
