package org.hearthwatch.api.secret;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Changes secrets at their source. Register an implementation as an OSGi service, and the secrets it owns can be rotated:
 * a new value is made, tried, kept in the vault, and then the former one is ended. Called by one thread at a time; take
 * the time you need, at most a minute a step.
 */
@ConsumerType
public interface SecretRotation {

    /** Whether a secret is one of its own, by its name in the vault. */
    boolean owns(String name);

    /**
     * Makes a new value that holds beside the present one.
     *
     * @param present closed by the caller
     * @return closed by the caller
     */
    Secret create(String name, Secret present) throws IOException;

    /** @throws IOException if the new value does not work; the present one stays and {@link #end} is called for the new one */
    void test(String name, Secret fresh) throws IOException;

    /** Ends a value at its source; another one holds in its place. */
    void end(String name, Secret former) throws IOException;
}
