package org.hearthwatch.plugin.jar;

import java.util.Set;

/**
 * What is in the appliance already, which a plugin must not stand in for.
 *
 * @param bundles the symbolic names of its own bundles
 * @param packages the packages those export
 */
public record Surroundings(Set<String> bundles, Set<String> packages) {

    public Surroundings {
        bundles = Set.copyOf(bundles);
        packages = Set.copyOf(packages);
    }
}
