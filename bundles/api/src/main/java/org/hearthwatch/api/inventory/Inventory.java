package org.hearthwatch.api.inventory;

import org.osgi.annotation.versioning.ProviderType;

/** What there is at present, of all sources together. Thread-safe. */
@ProviderType
@FunctionalInterface
public interface Inventory {

    /** The graph as it is now; the same object until something changes. */
    InventoryGraph graph();
}
