package org.hearthwatch.api.store;

import org.osgi.annotation.versioning.ProviderType;

/** The store about itself. Thread-safe and cheap: may be asked every second. */
@ProviderType
public interface StoreMonitor {

    StoreStatus status();
}
