package org.hearthwatch.collector.runtime.doctor;

import java.util.Map;
import java.util.Optional;

/**
 * A configuration in force.
 *
 * @param pid its own, {@code org.example~shop} for one of a factory
 * @param factoryPid of the factory it belongs to
 * @param file the name of the file it was read from
 * @param values as text, a list's separated by commas
 */
public record ConfigurationState(
        String pid, Optional<String> factoryPid, Optional<String> file, Map<String, String> values) {

    public ConfigurationState {
        values = Map.copyOf(values);
    }

    String schemaPid() {
        return factoryPid.orElse(pid);
    }

    /** Where people mend it. */
    String place() {
        return "etc/" + file.orElse(pid.replace('~', '-') + ".cfg");
    }
}
