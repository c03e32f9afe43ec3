package org.hearthwatch.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;

/** Roles as they are typed and shown: their words, with commas between them. */
final class RoleList {

    static final String HINT = "viewer, operator, security, admin or auditor; several with commas between them";

    static final Completion COMPLETION = () -> Arrays.stream(Role.values())
            .map(role -> new Suggestion(role.word(), purpose(role)))
            .toList();

    private RoleList() {}

    /** @throws IllegalArgumentException naming the word that is no role */
    static Set<Role> parse(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : text.split(",", -1)) {
            roles.add(Role.of(word.strip()));
        }
        return roles;
    }

    static String words(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(","));
    }

    static String purpose(Role role) {
        return switch (role) {
            case VIEWER -> "looks at everything that is measured";
            case OPERATOR -> "also changes what is watched, acknowledges and silences";
            case SECURITY -> "looks at everything and keeps secrets, certificates and sessions in order";
            case ADMIN -> "may do everything";
            case AUDITOR -> "reads and checks the audit log, and sees nothing else";
        };
    }
}
