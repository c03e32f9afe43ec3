package org.hearthwatch.plugin.trust;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A public key as a file: {@code name}, {@code role}, {@code expires}, and a line for each algorithm, each {@code key = value};
 * lines that begin with {@code #} are for people.
 *
 * @param roles what it may sign
 * @param expires empty for never
 */
public record KeyText(VerifyingKey key, Set<Role> roles, Optional<Instant> expires) {

    static final int LONGEST_NAME = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@/-]{1," + LONGEST_NAME + "}");
    private static final List<String> FIELDS = List.of("name", "role", "expires", "ed25519", "ml-dsa-65");
    private static final int MOST_LINES = 100;

    /** What a key may sign. */
    public enum Role {
        CORE,
        PLUGIN,
        UPDATE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is wrong, and in which line; 0 where it is the file as a whole. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Refusal(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private record Field(int line, String value) {}

    /** Whether a key may have this name: ASCII, so that no two look the same. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static KeyText parse(String text) throws Refusal {
        Map<String, Field> fields = fields(text);
        Field name = needed(fields, "name");
        if (!isName(name.value())) {
            throw new Refusal(name.line(), "name has 1 to " + LONGEST_NAME + " letters, digits or . _ - @ /");
        }
        Map<Algorithm, byte[]> keys = new EnumMap<>(Algorithm.class);
        for (Algorithm algorithm : Algorithm.values()) {
            Field field = needed(fields, algorithm.word());
            try {
                keys.put(algorithm, algorithm.parse(name.value(), field.value()));
            } catch (IllegalArgumentException e) {
                throw new Refusal(field.line(), algorithm.word() + " is no key of " + name.value());
            }
        }
        Field expires = fields.get("expires");
        return new KeyText(
                new VerifyingKey(name.value(), keys),
                roles(needed(fields, "role")),
                expires == null ? Optional.empty() : Optional.of(time(expires)));
    }

    private static Map<String, Field> fields(String text) throws Refusal {
        Map<String, Field> fields = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (number > MOST_LINES) {
                throw new Refusal(number, "there are more than " + MOST_LINES + " lines");
            }
            String plain = line.strip();
            if (plain.isEmpty() || plain.startsWith("#")) {
                continue;
            }
            int equal = plain.indexOf('=');
            String key = equal < 0 ? "" : plain.substring(0, equal).strip();
            if (!FIELDS.contains(key)) {
                throw new Refusal(number, "a line is KEY = VALUE with one of the keys " + String.join(", ", FIELDS));
            }
            if (fields.put(key, new Field(number, plain.substring(equal + 1).strip())) != null) {
                throw new Refusal(number, key + " stands there twice");
            }
        }
        return fields;
    }

    private static Field needed(Map<String, Field> fields, String key) throws Refusal {
        Field field = fields.get(key);
        if (field == null) {
            throw new Refusal(0, "there is no line " + key + " = ...");
        }
        return field;
    }

    private static Set<Role> roles(Field field) throws Refusal {
        Set<Role> roles = new TreeSet<>();
        for (String word : field.value().split("[ ,]+", -1)) {
            roles.add(Stream.of(Role.values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(field.line(), "role takes core, plugin or update, several with commas")));
        }
        return roles;
    }

    private static Instant time(Field field) throws Refusal {
        try {
            return field.value().contains("T")
                    ? Instant.parse(field.value())
                    : LocalDate.parse(field.value()).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Refusal(field.line(), "expires takes a day such as 2027-12-31, or a time such as 2027-12-31T12:00:00Z");
        }
    }

    /** As a file for people's trust folders. */
    public String text() {
        var text = new StringBuilder("# A public key of Hearthwatch. Trust it: ./hearthwatch plugin-trust-add FILE\n");
        text.append("# Fingerprint, to compare with what its owner says: ").append(key.fingerprint()).append('\n');
        text.append("name = ").append(key.name()).append('\n');
        text.append("role = ")
                .append(String.join(", ", roles.stream().map(Role::word).toList()))
                .append('\n');
        expires.ifPresent(time -> text.append("expires = ").append(time).append('\n'));
        for (Algorithm algorithm : Algorithm.values()) {
            text.append(algorithm.word()).append(" = ").append(key.text(algorithm)).append('\n');
        }
        return text.toString();
    }
}
