package org.hearthwatch.api.health;

import org.osgi.annotation.versioning.ProviderType;

/** The appliance as a whole. Thread-safe and cheap: may be asked every second. */
@ProviderType
public interface Appliance {

    Vitals vitals();
}
