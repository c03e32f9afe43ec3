package org.hearthwatch.api.access;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the members of a group that another system knows are here. */
public record GroupRole(String group, Role role) {

    /**
     * Reads {@code GROUP=ROLE}; what stands before the last equals sign is the group's name.
     *
     * @throws IllegalArgumentException if the text is none, or names no role
     */
    public static GroupRole parse(String text) {
        int equals = text.lastIndexOf('=');
        String group = text.substring(0, Math.max(0, equals)).strip();
        if (group.isEmpty()) {
            throw new IllegalArgumentException("GROUP=ROLE");
        }
        return new GroupRole(group, Role.of(text.substring(equals + 1).strip()));
    }

    /** All the roles of every group. */
    public static Map<String, Set<Role>> byGroup(List<GroupRole> pairs) {
        Map<String, Set<Role>> roles = new HashMap<>();
        for (GroupRole pair : pairs) {
            roles.computeIfAbsent(pair.group, group -> EnumSet.noneOf(Role.class))
                    .add(pair.role);
        }
        return roles;
    }
}
