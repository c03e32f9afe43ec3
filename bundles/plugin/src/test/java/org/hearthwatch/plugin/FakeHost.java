package org.hearthwatch.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.Surroundings;

/** A place for plugins that remembers which bytes it was given, and in which some versions do not start. */
final class FakeHost implements PluginHost {

    final Map<String, String> digests = new LinkedHashMap<>();
    final List<String> events = new ArrayList<>();
    final Set<String> brokenVersions = new TreeSet<>();
    Set<String> working = Set.of();

    @Override
    public Surroundings surroundings() {
        return new Surroundings(Set.of("org.hearthwatch.store"), Set.of());
    }

    @Override
    public Set<String> installed() {
        return new TreeSet<>(digests.keySet());
    }

    @Override
    public Set<String> workingCollectors(String symbolicName) {
        return working;
    }

    @Override
    public void start(PluginJar plugin, Path bytes) throws HostException {
        try {
            digests.put(plugin.symbolicName(), Digests.of(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (brokenVersions.contains(plugin.version())) {
            throw new HostException("Its start failed: on purpose");
        }
        events.add("start " + plugin.symbolicName() + " " + plugin.version());
    }

    @Override
    public List<String> remove(String symbolicName) {
        if (digests.remove(symbolicName) != null) {
            events.add("remove " + symbolicName);
        }
        return List.of();
    }

    @Override
    public List<String> stop(String symbolicName) {
        events.add("stop " + symbolicName);
        return List.of();
    }
}
