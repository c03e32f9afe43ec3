package org.hearthwatch.api.inventory;

import java.util.Comparator;
import java.util.Locale;

/**
 * What an entity is called, as {@code host/nas} or {@code filesystem/nas:/srv}: parts of a machine have the machine's name
 * before a colon.
 *
 * @param name not blank, at most {@value #LONGEST} characters
 */
public record EntityId(EntityKind kind, String name) implements Comparable<EntityId> {

    /** Longer names are refused. */
    public static final int LONGEST = 256;

    private static final Comparator<EntityId> ORDER =
            Comparator.comparing(EntityId::kind).thenComparing(EntityId::name);

    /** @throws IllegalArgumentException if the name is blank or too long */
    public EntityId {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the name of an entity has 1 to " + LONGEST + " characters: \"" + name + "\"");
        }
    }

    /**
     * Reads {@code kind/name}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static EntityId parse(String text) {
        int slash = text.indexOf('/');
        EntityKind kind = EntityKind.of(slash < 0 ? "" : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is no entity; one is written kind/name, such as host/nas"));
        return new EntityId(kind, text.substring(slash + 1));
    }

    /** The machine behind an address, an {@code instance} label or a URL: its name in small letters, without the port. */
    public static EntityId host(String address) {
        String rest = address;
        int scheme = rest.indexOf("://");
        if (scheme >= 0) {
            rest = rest.substring(scheme + 3);
        }
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        rest = rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
        int colon = rest.indexOf(':');
        if (rest.startsWith("[")) {
            int bracket = rest.indexOf(']');
            rest = bracket < 0 ? rest : rest.substring(1, bracket);
        } else if (colon >= 0 && colon == rest.lastIndexOf(':')) {
            rest = rest.substring(0, colon);
        }
        return new EntityId(EntityKind.HOST, rest.isBlank() ? address : rest.toLowerCase(Locale.ROOT));
    }

    /** A part of a machine. */
    public static EntityId part(EntityKind kind, EntityId host, String name) {
        return new EntityId(kind, host.name() + ":" + name);
    }

    @Override
    public int compareTo(EntityId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + "/" + name;
    }
}
