package org.hearthwatch.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The state on disk: one JSON file. A file that cannot be understood is left alone and refused; resetting it would let
 * anyone who can damage it become the first administrator again.
 */
final class AccessFile {

    static final int MOST_BYTES = 4 << 20;
    private static final int VERSION = 1;
    private static final String SOURCE = ":";

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(1024)
                            .maxDocumentLength(MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final PrivateFile file;

    AccessFile(Path path) {
        this.file = new PrivateFile(path);
    }

    /** @throws DamagedStateException if there is a file and it is not understood */
    AccessState load() {
        if (!file.exists()) {
            return AccessState.EMPTY;
        }
        try {
            return Optional.ofNullable(JSON.readValue(file.read(MOST_BYTES), StoredState.class))
                    .map(AccessFile::state)
                    .orElseThrow(() -> new IllegalArgumentException("it says null"));
        } catch (JsonProcessingException e) {
            throw new DamagedStateException(file.path(), e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedStateException(file.path(), String.valueOf(e.getMessage()));
        }
    }

    void save(AccessState state) throws IOException {
        file.write(JSON.writeValueAsBytes(new StoredState(
                VERSION,
                state.users().stream().map(AccessFile::stored).toList(),
                state.tokens().stream().map(AccessFile::stored).toList())));
    }

    Path path() {
        return file.path();
    }

    private static AccessState state(StoredState stored) {
        if (stored.version() != VERSION) {
            throw new IllegalArgumentException(
                    "it has version " + stored.version() + ", this program reads " + VERSION);
        }
        Set<String> users = new HashSet<>();
        for (StoredUser user : stored.users()) {
            UserName.check(user.name());
            if (!users.add(user.name())) {
                throw new IllegalArgumentException("user " + user.name() + " stands twice");
            }
        }
        Set<String> tokens = new HashSet<>();
        for (StoredToken token : stored.tokens()) {
            if (!tokens.add(token.name())) {
                throw new IllegalArgumentException("token " + token.name() + " stands twice");
            }
        }
        return new AccessState(
                stored.users().stream().map(AccessFile::user).toList(),
                stored.tokens().stream().map(AccessFile::token).toList());
    }

    private static UserRecord user(StoredUser stored) {
        return new UserRecord(
                stored.name(),
                Scope.of(stored.scope()),
                PasswordHash.parse(stored.password()),
                Instant.parse(stored.created()),
                instant(stored.lastSignIn()));
    }

    private static StoredUser stored(UserRecord user) {
        return new StoredUser(
                user.name(),
                user.scope().word(),
                user.password().phc(),
                user.created().toString(),
                text(user.lastSignIn()));
    }

    private static TokenRecord token(StoredToken stored) {
        // A push token's source stands behind its scope, so that files of before there were such tokens stay as they
        // are.
        String[] scope = stored.scope().split(SOURCE, 2);
        return new TokenRecord(
                stored.name(),
                Scope.of(scope[0]),
                stored.sha256(),
                Instant.parse(stored.created()),
                instant(stored.expires()),
                instant(stored.lastUsed()),
                scope.length > 1 ? Optional.of(scope[1]) : Optional.empty());
    }

    private static StoredToken stored(TokenRecord token) {
        return new StoredToken(
                token.name(),
                token.scope().word() + token.source().map(of -> SOURCE + of).orElse(""),
                token.digest(),
                token.created().toString(),
                text(token.expires()),
                text(token.lastUsed()));
    }

    private static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }

    private record StoredState(int version, List<StoredUser> users, List<StoredToken> tokens) {
        StoredState {
            users = List.copyOf(users);
            tokens = List.copyOf(tokens);
        }
    }

    private record StoredUser(
            String name,
            String scope,
            String password,
            String created,
            @Nullable String lastSignIn) {
        StoredUser {
            requirePresent(name, scope, password, created);
        }
    }

    private record StoredToken(
            String name,
            String scope,
            String sha256,
            String created,
            @Nullable String expires,
            @Nullable String lastUsed) {
        StoredToken {
            requirePresent(name, scope, sha256, created);
        }
    }

    /** JSON has null where our types have none. */
    private static void requirePresent(@Nullable String... values) {
        for (String value : values) {
            if (value == null) {
                throw new IllegalArgumentException("a field is null that must not be");
            }
        }
    }
}
