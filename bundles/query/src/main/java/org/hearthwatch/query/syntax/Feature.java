package org.hearthwatch.query.syntax;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Parts of the language that are off unless asked for, by the names of Prometheus's {@code --enable-feature}. */
public enum Feature {
    PROMQL_EXPERIMENTAL_FUNCTIONS,
    PROMQL_DURATION_EXPR,
    PROMQL_DELAYED_NAME_REMOVAL,
    /** Nothing to switch: samples are always counted for each step. */
    PROMQL_PER_STEP_STATS;

    /** The name of the flag, such as {@code promql-experimental-functions}. */
    public String flag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Feature> ofFlag(String flag) {
        return Arrays.stream(values())
                .filter(feature -> feature.flag().equals(flag))
                .findFirst();
    }
}
