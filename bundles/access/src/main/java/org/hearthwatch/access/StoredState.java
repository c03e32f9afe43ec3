package org.hearthwatch.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state file as JSON has it, version 2. */
record StoredState(int version, List<StoredUser> users, List<StoredGroup> groups, List<StoredToken> tokens) {

    StoredState {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        tokens = List.copyOf(tokens);
    }

    record StoredUser(
            String name,
            List<String> roles,
            List<String> groups,
            @Nullable String password,
            boolean enabled,
            @Nullable String provider,
            @Nullable String subject,
            @Nullable StoredFactor factor,
            List<StoredKey> keys,
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable List<StoredPasskey> passkeys,
            String created,
            @Nullable String lastSignIn) {
        StoredUser {
            requirePresent(name, created);
            roles = List.copyOf(roles);
            groups = List.copyOf(groups);
            keys = List.copyOf(keys);
            passkeys = passkeys == null ? null : List.copyOf(passkeys);
        }
    }

    record StoredFactor(String key, long lastStep, List<String> recovery) {
        StoredFactor {
            requirePresent(key);
            recovery = List.copyOf(recovery);
        }
    }

    record StoredKey(String key, String comment, String added) {
        StoredKey {
            requirePresent(key, comment, added);
        }
    }

    record StoredPasskey(
            String id,
            String name,
            String host,
            String data,
            long counter,
            boolean synced,
            String added,
            @Nullable String lastUsed) {
        StoredPasskey {
            requirePresent(id, name, host, data, added);
        }
    }

    record StoredGroup(String name, List<String> roles) {
        StoredGroup {
            requirePresent(name);
            roles = List.copyOf(roles);
        }
    }

    record StoredToken(
            String name,
            String scope,
            @Nullable String source,
            String sha256,
            @Nullable String formerSha256,
            @Nullable String formerUntil,
            @Nullable String owner,
            String created,
            @Nullable String expires,
            @Nullable String lastUsed) {
        StoredToken {
            requirePresent(name, scope, sha256, created);
        }
    }

    /** JSON has null where our types have none. */
    static void requirePresent(@Nullable String... values) {
        for (String value : values) {
            if (value == null) {
                throw new IllegalArgumentException("a field is null that must not be");
            }
        }
    }
}
