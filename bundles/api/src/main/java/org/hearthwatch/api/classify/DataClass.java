package org.hearthwatch.api.classify;

import java.util.Locale;
import java.util.Optional;

/** How far a piece of data may go, from everywhere to nowhere. */
public enum DataClass {
    /** May be published: says nothing of the machine or its people. */
    PUBLIC,
    /** For those who may look at the appliance: how it is set up and how its machine fares. */
    INTERNAL,
    /** For those it concerns: names and addresses of people, machines and places. Left out of what is handed on. */
    SENSITIVE,
    /** Opens something. Never shown, logged or exported. */
    SECRET;

    /** What stands where a value was left out. */
    public static final String LEFT_OUT = "***";

    /** The word in tables and JSON, such as {@code internal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of a word. */
    public static Optional<DataClass> of(String word) {
        for (DataClass each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /**
     * A value as it may be shown. There is no way to see a secret.
     *
     * @param most the class up to which values are shown; {@link #SECRET} counts as {@link #SENSITIVE}
     */
    public String shown(String value, DataClass most) {
        boolean may = this != SECRET && compareTo(most) <= 0;
        return may || value.isEmpty() ? value : LEFT_OUT;
    }
}
