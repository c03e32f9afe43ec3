package org.hearthwatch.alert.rule;

import java.util.HashMap;
import java.util.Map;

/** Labels over labels. */
final class Defaults {

    private Defaults() {}

    static Map<String, String> under(Map<String, String> labels, Map<String, String> defaults) {
        var all = new HashMap<>(defaults);
        all.putAll(labels);
        return all;
    }
}
