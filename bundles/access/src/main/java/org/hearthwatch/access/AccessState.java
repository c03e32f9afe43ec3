package org.hearthwatch.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Scope;

/** Everyone who may come in; immutable. Names are unique within each list. */
record AccessState(List<UserRecord> users, List<TokenRecord> tokens) {

    static final AccessState EMPTY = new AccessState(List.of(), List.of());

    AccessState {
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
    }

    Optional<UserRecord> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    Optional<TokenRecord> token(String name) {
        return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
    }

    long administrators() {
        return users.stream().filter(user -> user.scope() == Scope.ADMIN).count();
    }

    /** With this user in place of one of the same name, if there is one. */
    AccessState with(UserRecord user) {
        return new AccessState(
                Stream.concat(withoutUser(user.name()).users.stream(), Stream.of(user))
                        .toList(),
                tokens);
    }

    AccessState withoutUser(String name) {
        return new AccessState(
                users.stream().filter(user -> !user.name().equals(name)).toList(), tokens);
    }

    /** With this token in place of one of the same name, if there is one. */
    AccessState with(TokenRecord token) {
        var all = new ArrayList<>(withoutToken(token.name()).tokens);
        all.add(token);
        return new AccessState(users, all);
    }

    AccessState withoutToken(String name) {
        return new AccessState(
                users,
                tokens.stream().filter(token -> !token.name().equals(name)).toList());
    }
}
