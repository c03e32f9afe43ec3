package org.hearthwatch.alert.config;

import java.util.List;
import java.util.Optional;
import org.hearthwatch.alert.yaml.Problem;

/**
 * A configuration file that was read.
 *
 * @param config empty if anything is wrong
 * @param problems all that is wrong with it
 */
public record ConfigFile(Optional<AlertmanagerConfig> config, List<Problem> problems) {

    public ConfigFile {
        problems = List.copyOf(problems);
    }
}
