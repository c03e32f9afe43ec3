package org.hearthwatch.shell.line;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The words given to a command, by the name of their {@link Parameter}. */
public final class Arguments {

    private final Map<String, List<String>> values;

    Arguments(Map<String, List<String>> values) {
        this.values = Map.copyOf(values);
    }

    /** The value of an argument or option. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).map(words -> words.get(0));
    }

    /** The value of a required argument or option. */
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("The syntax does not require " + name));
    }

    /** The words of a repeated argument, in their order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether a flag is given. */
    public boolean has(String flag) {
        return values.containsKey(flag);
    }

    /**
     * The value of an option as what it means.
     *
     * @param parser throws {@link IllegalArgumentException} with a message for people
     */
    public <T> Optional<T> find(String name, Function<String, T> parser) throws UsageException {
        Optional<String> value = find(name);
        return value.isEmpty() ? Optional.empty() : Optional.of(parse(name, value.get(), parser));
    }

    /** As {@link #find(String, Function)}, for a required one. */
    public <T> T get(String name, Function<String, T> parser) throws UsageException {
        return parse(name, get(name), parser);
    }

    private static <T> T parse(String name, String value, Function<String, T> parser) throws UsageException {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new UsageException(name + ": " + e.getMessage());
        }
    }
}
