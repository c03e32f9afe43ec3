package org.hearthwatch.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that everybody who looks at the appliance must know at once. Register an implementation as a service; what it
 * says is shown first in the status, on the console, and by the doctor. Thread-safe and quick.
 */
@ConsumerType
@FunctionalInterface
public interface Notices {

    /** What there is to say now, as findings; empty when there is nothing. */
    List<Finding> notices();
}
