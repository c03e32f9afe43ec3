package org.hearthwatch.alert.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The functions a template may call, by name; those of Go are always among them. Immutable. */
public final class Functions {

    /** A function with how many arguments it takes; {@link Integer#MAX_VALUE} for any number. */
    record Entry(int least, int most, TemplateFunction body) {}

    private final Map<String, Entry> entries;

    private Functions(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    public static Builder builder() {
        return new Builder();
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name)).or(() -> Builtins.find(name));
    }

    /** Gathers functions; not thread-safe. */
    public static final class Builder {

        private final Map<String, Entry> entries = new HashMap<>();

        private Builder() {}

        /** A function of a fixed number of arguments. */
        public Builder add(String name, int arguments, TemplateFunction body) {
            return add(name, arguments, arguments, body);
        }

        /** A function of at least and at most so many arguments. */
        public Builder add(String name, int least, int most, TemplateFunction body) {
            entries.put(name, new Entry(least, most, body));
            return this;
        }

        public Functions build() {
            return new Functions(entries);
        }
    }
}
