package org.hearthwatch.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Says why something is down: looks at bundles, components, configuration, collectors and the store. Thread-safe. */
@ProviderType
public interface Doctor {

    /** What is wrong now, worst first; empty when all is well. */
    List<Finding> examine();
}
