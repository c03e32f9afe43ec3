package org.hearthwatch.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Role;

/** Everyone who may come in; immutable. Names are unique within each list, and every group a user is in is there. */
record AccessState(List<UserRecord> users, List<GroupRecord> groups, List<TokenRecord> tokens) {

    static final AccessState EMPTY = new AccessState(List.of(), List.of(), List.of());

    AccessState {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        tokens = List.copyOf(tokens);
    }

    /** People who share roles, as stored. */
    record GroupRecord(String name, Set<Role> roles) {
        GroupRecord {
            roles = Set.copyOf(roles);
        }
    }

    Optional<UserRecord> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    Optional<GroupRecord> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }

    Optional<TokenRecord> token(String name) {
        return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
    }

    /** A user's own roles and those of their groups; none while they may not sign in. */
    Set<Role> rights(UserRecord user) {
        Set<Role> all = EnumSet.noneOf(Role.class);
        if (user.enabled()) {
            all.addAll(user.roles());
            groups.stream()
                    .filter(group -> user.groups().contains(group.name()))
                    .forEach(group -> all.addAll(group.roles()));
        }
        return all;
    }

    /** Administrators who come in without the help of anybody else. */
    long administrators() {
        return users.stream()
                .filter(user -> user.password().isPresent() && rights(user).contains(Role.ADMIN))
                .count();
    }

    /** With this user in place of one of the same name, if there is one. */
    AccessState with(UserRecord user) {
        return new AccessState(
                replaced(users, old -> old.name().equals(user.name()), Optional.of(user)), groups, tokens);
    }

    AccessState withoutUser(String name) {
        return new AccessState(
                replaced(users, old -> old.name().equals(name), Optional.empty()),
                groups,
                tokens.stream()
                        .filter(token -> !token.owner().equals(Optional.of(name)))
                        .toList());
    }

    /** With this group in place of one of the same name, if there is one. */
    AccessState with(GroupRecord group) {
        return new AccessState(
                users, replaced(groups, old -> old.name().equals(group.name()), Optional.of(group)), tokens);
    }

    AccessState withoutGroup(String name) {
        return new AccessState(
                users.stream().map(user -> user.inGroup(name, false)).toList(),
                replaced(groups, old -> old.name().equals(name), Optional.empty()),
                tokens);
    }

    /** With this token in place of one of the same name, if there is one. */
    AccessState with(TokenRecord token) {
        return new AccessState(
                users, groups, replaced(tokens, old -> old.name().equals(token.name()), Optional.of(token)));
    }

    AccessState withoutToken(String name) {
        return new AccessState(users, groups, replaced(tokens, old -> old.name().equals(name), Optional.empty()));
    }

    private static <T> List<T> replaced(List<T> list, Predicate<T> old, Optional<T> by) {
        return new ArrayList<>(
                Stream.concat(list.stream().filter(old.negate()), by.stream()).toList());
    }
}
