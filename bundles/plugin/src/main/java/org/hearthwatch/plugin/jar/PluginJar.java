package org.hearthwatch.plugin.jar;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a plugin's file says of itself.
 *
 * @param symbolicName the bundle's identity, without directives
 * @param name for people; the symbolic name where the manifest has none
 * @param asksFor what an administrator should know, a sentence each
 * @param needs what it declares to need of the appliance
 * @param classes the names of its classes, to tell its threads by
 */
public record PluginJar(
        String symbolicName,
        String name,
        String version,
        Optional<String> vendor,
        List<String> asksFor,
        Needs needs,
        Set<String> classes) {

    public PluginJar {
        asksFor = List.copyOf(asksFor);
        classes = Set.copyOf(classes);
    }
}
