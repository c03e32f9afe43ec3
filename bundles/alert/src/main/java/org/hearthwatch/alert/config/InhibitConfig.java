package org.hearthwatch.alert.config;

import java.util.List;
import org.hearthwatch.alert.matching.LabelMatchers;

/**
 * Alerts that keep others quiet.
 *
 * @param name may be empty
 * @param source the alerts that keep quiet
 * @param target the alerts that are kept quiet
 * @param equal labels that have to be the same on both
 */
public record InhibitConfig(String name, LabelMatchers source, LabelMatchers target, List<String> equal) {

    public InhibitConfig {
        equal = List.copyOf(equal);
    }
}
