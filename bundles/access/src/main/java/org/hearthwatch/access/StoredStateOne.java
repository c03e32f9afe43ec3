package org.hearthwatch.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The state file of version 1: people had a scope. Each becomes the role that may do the same, so that nobody loses anything
 * and nobody gains; tokens keep their scope and belong to the local operator.
 */
record StoredStateOne(int version, List<UserOne> users, List<TokenOne> tokens) {

    private static final String SOURCE = ":";

    StoredStateOne {
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
    }

    AccessState state() {
        var state = new AccessState(
                users.stream().map(UserOne::user).toList(),
                List.of(),
                tokens.stream().map(TokenOne::token).toList());
        AccessFile.check(state);
        return state;
    }

    record UserOne(
            String name,
            String scope,
            String password,
            String created,
            @Nullable String lastSignIn) {
        UserOne {
            StoredState.requirePresent(name, scope, password, created);
        }

        private UserRecord user() {
            UserRecord user = UserRecord.local(
                    name, Set.of(Role.of(Scope.of(scope))), PasswordHash.parse(password), Instant.parse(created));
            return AccessFile.instant(lastSignIn).map(user::signedIn).orElse(user);
        }
    }

    record TokenOne(
            String name,
            String scope,
            String sha256,
            String created,
            @Nullable String expires,
            @Nullable String lastUsed) {
        TokenOne {
            StoredState.requirePresent(name, scope, sha256, created);
        }

        /** A push token's source stood behind its scope. */
        private TokenRecord token() {
            String[] parts = scope.split(SOURCE, 2);
            return new TokenRecord(
                    name,
                    Scope.of(parts[0]),
                    sha256,
                    Optional.empty(),
                    Optional.empty(),
                    Instant.parse(created),
                    AccessFile.instant(expires),
                    AccessFile.instant(lastUsed),
                    parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
        }
    }
}
