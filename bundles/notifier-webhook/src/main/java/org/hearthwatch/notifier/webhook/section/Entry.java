package org.hearthwatch.notifier.webhook.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.SecretText;

/** An entry of a receiver, read key by key; what nobody asked for is wrong. Not thread-safe. */
public final class Entry {

    private final Map<String, Object> values;
    private final Map<String, Object> global;
    private final Set<String> asked = new TreeSet<>(Set.of("send_resolved"));

    /** @param global where an entry does not say; its keys are not checked */
    public Entry(Map<String, Object> values, Map<String, Object> global) {
        this.values = values;
        this.global = global;
    }

    /** A text; numbers and truths are texts too. */
    public Optional<String> text(String key) throws InvalidReceiverException {
        return text(key, value(key));
    }

    public String text(String key, String otherwise) throws InvalidReceiverException {
        return text(key).orElse(otherwise);
    }

    /** A text that has to be there and not be empty. */
    public String needed(String key) throws InvalidReceiverException {
        return text(key)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new InvalidReceiverException(key, key + " is missing"));
    }

    /** A text of this entry, else of the global section. */
    public Optional<String> textOrGlobal(String key, String globalKey) throws InvalidReceiverException {
        Optional<String> own = text(key);
        return own.isPresent() ? own : text(globalKey, Optional.ofNullable(global.get(globalKey)));
    }

    public boolean truth(String key, boolean otherwise) throws InvalidReceiverException {
        Optional<Object> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Boolean truth) {
            return truth;
        }
        throw new InvalidReceiverException(key, key + " takes true or false");
    }

    public long number(String key, long otherwise, long least, long most) throws InvalidReceiverException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get().trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is out of bounds.
        }
        throw new InvalidReceiverException(key, key + " takes a whole number from " + least + " to " + most);
    }

    /** A duration such as 1m; {@code otherwise} where there is none. */
    public Duration duration(String key, Duration otherwise) throws InvalidReceiverException {
        Optional<String> text = text(key);
        try {
            return text.isEmpty() || text.get().matches("0+[a-z]*")
                    ? otherwise
                    : HumanDuration.parse(text.get().replace("m0s", "m").replace("h0m", "h"));
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException(key, key + " takes " + HumanDuration.ALLOWED);
        }
    }

    /** A secret that stands in {@code key}, or in the file that {@code key_file} names. */
    public Optional<SecretText> secret(String key) throws InvalidReceiverException {
        return secret(key, text(key), text(key + "_file"));
    }

    /** As {@link #secret}, else the global section's. */
    public Optional<SecretText> secretOrGlobal(String key, String globalKey) throws InvalidReceiverException {
        Optional<SecretText> own = secret(key);
        return own.isPresent()
                ? own
                : secret(
                        globalKey,
                        text(globalKey, Optional.ofNullable(global.get(globalKey))),
                        text(globalKey + "_file", Optional.ofNullable(global.get(globalKey + "_file"))));
    }

    /** What has to be there. */
    public static <T> T needed(String key, Optional<T> value) throws InvalidReceiverException {
        return value.orElseThrow(
                () -> new InvalidReceiverException(key, "one of " + key + " and " + key + "_file is needed"));
    }

    private static Optional<SecretText> secret(String key, Optional<String> text, Optional<String> file)
            throws InvalidReceiverException {
        Optional<String> written = text.filter(value -> !value.isEmpty());
        Optional<String> path = file.filter(value -> !value.isEmpty());
        if (written.isPresent() && path.isPresent()) {
            throw new InvalidReceiverException(key, "only one of " + key + " and " + key + "_file may be there");
        }
        try {
            return written.map(SecretText::of).or(() -> path.map(SecretText::inFile));
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException(key, key + ": " + e.getMessage());
        }
    }

    /** A part with keys of its own. */
    public Optional<Entry> part(String key) throws InvalidReceiverException {
        Optional<Object> value = value(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(new Entry(mapping(key, value.get()), Map.of()));
    }

    /** A part of this entry, else of the global section. */
    public Optional<Entry> partOrGlobal(String key) throws InvalidReceiverException {
        Optional<Entry> own = part(key);
        Object general = global.get(key);
        return own.isPresent() || general == null ? own : Optional.of(new Entry(mapping(key, general), Map.of()));
    }

    /** The parts of a list; none where there is no list. */
    public List<Entry> parts(String key) throws InvalidReceiverException {
        var parts = new ArrayList<Entry>();
        for (Object part : list(key)) {
            parts.add(new Entry(mapping(key, part), Map.of()));
        }
        return parts;
    }

    /** A list of texts. */
    public List<String> texts(String key) throws InvalidReceiverException {
        var texts = new ArrayList<String>();
        for (Object text : list(key)) {
            texts.add(text(key, Optional.of(text)).orElse(""));
        }
        return texts;
    }

    private List<?> list(String key) throws InvalidReceiverException {
        Optional<Object> value = value(key);
        if (value.isPresent() && !(value.get() instanceof List)) {
            throw new InvalidReceiverException(key, key + " takes a list");
        }
        return value.isPresent() ? (List<?>) value.get() : List.of();
    }

    /** Texts by name; none where there are none. */
    public Map<String, String> pairs(String key) throws InvalidReceiverException {
        var pairs = new TreeMap<String, String>();
        for (Map.Entry<String, Object> pair : any(key).entrySet()) {
            pairs.put(
                    pair.getKey(),
                    text(key, Optional.ofNullable(pair.getValue())).orElse(""));
        }
        return pairs;
    }

    /** Whatever stands there by name; nothing where there is nothing. */
    public Map<String, Object> any(String key) throws InvalidReceiverException {
        Optional<Object> value = value(key);
        return value.isEmpty() ? Map.of() : mapping(key, value.get());
    }

    /** Whatever stands there. */
    public Optional<Object> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** @throws InvalidReceiverException if there is a key nobody asked for */
    public void complete() throws InvalidReceiverException {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                throw new InvalidReceiverException(
                        key, key + " is not known here; known are " + String.join(", ", asked));
            }
        }
    }

    private static Map<String, Object> mapping(String key, Object value) throws InvalidReceiverException {
        if (!(value instanceof Map<?, ?> found)) {
            throw new InvalidReceiverException(key, key + " takes keys with values");
        }
        var mapping = new LinkedHashMap<String, Object>();
        found.forEach((name, inner) -> {
            if (inner != null) {
                mapping.put(String.valueOf(name), inner);
            }
        });
        return mapping;
    }

    private static Optional<String> text(String key, Optional<Object> value) throws InvalidReceiverException {
        if (value.isPresent() && (value.get() instanceof Map || value.get() instanceof List)) {
            throw new InvalidReceiverException(key, key + " takes one value");
        }
        return value.map(String::valueOf);
    }
}
