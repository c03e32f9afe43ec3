package org.hearthwatch.api.security;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All promises with their state at this moment, from all who answer for them. Thread-safe. */
@ProviderType
public interface PromiseBook {

    /** In the order in which they are promised. */
    List<Promise> all();
}
