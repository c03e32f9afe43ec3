package org.hearthwatch.access;

import java.time.Instant;
import java.util.Optional;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.User;

/** A person as stored. */
record UserRecord(String name, Scope scope, PasswordHash password, Instant created, Optional<Instant> lastSignIn) {

    User view() {
        return new User(name, scope, created, lastSignIn);
    }

    UserRecord withScope(Scope other) {
        return new UserRecord(name, other, password, created, lastSignIn);
    }

    UserRecord withPassword(PasswordHash other) {
        return new UserRecord(name, scope, other, created, lastSignIn);
    }

    UserRecord signedIn(Instant at) {
        return new UserRecord(name, scope, password, created, Optional.of(at));
    }
}
