package org.hearthwatch.api.access;

import java.util.List;
import java.util.Set;

/** People who share roles. */
public record Group(String name, Set<Role> roles, List<String> members) {

    public Group {
        roles = Set.copyOf(roles);
        members = List.copyOf(members);
    }
}
