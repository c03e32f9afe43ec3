package org.hearthwatch.api.security;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers for promises more closely than whether a bundle runs. Register an implementation as a service; what it says of a
 * promise stands in place of what the appliance says by itself. Thread-safe and quick: it looks, it does not try things out.
 */
@ConsumerType
@FunctionalInterface
public interface Promises {

    List<Promise> promises();
}
