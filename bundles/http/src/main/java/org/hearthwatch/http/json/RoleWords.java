package org.hearthwatch.http.json;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.web.HttpProblem;

/** Roles as JSON has them: a list of their words. */
final class RoleWords {

    private RoleWords() {}

    static List<String> of(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::word).toList();
    }

    /** @throws HttpProblem 400 naming the word that is no role */
    static Set<Role> roles(List<String> words) throws HttpProblem {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words) {
            try {
                roles.add(Role.of(word));
            } catch (IllegalArgumentException e) {
                throw new HttpProblem(400, String.valueOf(e.getMessage()));
            }
        }
        return roles;
    }
}
