package org.hearthwatch.api.security;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers for promises. Register an implementation as a service; where several answer for the same id, the one with the
 * highest service ranking is heard. Thread-safe and quick: it looks, it does not try things out.
 */
@ConsumerType
@FunctionalInterface
public interface Promises {

    List<Promise> promises();
}
