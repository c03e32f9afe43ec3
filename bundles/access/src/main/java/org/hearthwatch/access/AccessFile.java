package org.hearthwatch.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.access.StoredState.StoredFactor;
import org.hearthwatch.access.StoredState.StoredGroup;
import org.hearthwatch.access.StoredState.StoredKey;
import org.hearthwatch.access.StoredState.StoredPasskey;
import org.hearthwatch.access.StoredState.StoredToken;
import org.hearthwatch.access.StoredState.StoredUser;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The state on disk: one JSON file, of version 2; one of version 1, from before there were roles, is read too. A file that cannot be understood is left alone and refused; resetting it would let
 * anyone who can damage it become the first administrator again.
 */
final class AccessFile {

    static final int MOST_BYTES = 4 << 20;
    private static final int VERSION = 2;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(4096)
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
            JsonNode tree = JSON.readTree(file.read(MOST_BYTES));
            int version = tree.path("version").asInt();
            return switch (version) {
                case 1 -> JSON.treeToValue(tree, StoredStateOne.class).state();
                case VERSION -> state(JSON.treeToValue(completed(tree), StoredState.class));
                default ->
                    throw new IllegalArgumentException(
                            "it has version " + version + ", this program reads 1 and " + VERSION);
            };
        } catch (JsonProcessingException e) {
            throw new DamagedStateException(file.path(), e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedStateException(file.path(), String.valueOf(e.getMessage()));
        }
    }

    /** Whoever has no passkey has no line about it, as in files from before there were any. */
    private static JsonNode completed(JsonNode tree) {
        for (JsonNode user : tree.path("users")) {
            if (user instanceof ObjectNode fields && !fields.has("passkeys")) {
                fields.putNull("passkeys");
            }
        }
        return tree;
    }

    void save(AccessState state) throws IOException {
        file.write(JSON.writeValueAsBytes(new StoredState(
                VERSION,
                state.users().stream().map(AccessFile::stored).toList(),
                state.groups().stream()
                        .map(group -> new StoredGroup(group.name(), words(group.roles())))
                        .toList(),
                state.tokens().stream().map(AccessFile::stored).toList())));
    }

    Path path() {
        return file.path();
    }

    private static AccessState state(StoredState stored) {
        var state = new AccessState(
                stored.users().stream().map(AccessFile::user).toList(),
                stored.groups().stream()
                        .map(group -> new AccessState.GroupRecord(group.name(), roles(group.roles())))
                        .toList(),
                stored.tokens().stream().map(AccessFile::token).toList());
        check(state);
        return state;
    }

    /** @throws IllegalArgumentException if names stand twice or name nothing */
    static void check(AccessState state) {
        state.users().forEach(user -> UserName.check(user.name()));
        state.groups().forEach(group -> UserName.check(group.name()));
        once("user", state.users().stream().map(UserRecord::name).toList());
        Set<String> groups = once(
                "group",
                state.groups().stream().map(AccessState.GroupRecord::name).toList());
        once("token", state.tokens().stream().map(TokenRecord::name).toList());
        for (UserRecord user : state.users()) {
            if (!groups.containsAll(user.groups())) {
                throw new IllegalArgumentException("user " + user.name() + " is in a group that does not exist");
            }
        }
    }

    private static Set<String> once(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " " + name + " stands twice");
            }
        }
        return seen;
    }

    private static UserRecord user(StoredUser stored) {
        boolean external = stored.provider() != null && stored.subject() != null;
        if (external == (stored.password() != null)) {
            throw new IllegalArgumentException(
                    "user " + stored.name() + " needs a password or a provider, and not both");
        }
        return new UserRecord(
                stored.name(),
                roles(stored.roles()),
                Set.copyOf(stored.groups()),
                Optional.ofNullable(stored.password()).map(PasswordHash::parse),
                stored.enabled(),
                Optional.ofNullable(stored.provider())
                        .map(name -> new UserRecord.ProviderRecord(name, String.valueOf(stored.subject()))),
                Optional.ofNullable(stored.factor())
                        .map(factor -> new UserRecord.FactorRecord(
                                factor.key(),
                                factor.lastStep(),
                                factor.recovery().stream()
                                        .map(PasswordHash::parse)
                                        .toList())),
                stored.keys().stream()
                        .map(key -> new UserRecord.KeyRecord(key.key(), key.comment(), Instant.parse(key.added())))
                        .toList(),
                passkeys(stored.passkeys()),
                Instant.parse(stored.created()),
                instant(stored.lastSignIn()));
    }

    private static StoredUser stored(UserRecord user) {
        return new StoredUser(
                user.name(),
                words(user.roles()),
                user.groups().stream().sorted().toList(),
                user.password().map(PasswordHash::phc).orElse(null),
                user.enabled(),
                user.provider().map(UserRecord.ProviderRecord::name).orElse(null),
                user.provider().map(UserRecord.ProviderRecord::subject).orElse(null),
                user.factor()
                        .map(factor -> new StoredFactor(
                                factor.sealedKey(),
                                factor.lastStep(),
                                factor.recovery().stream()
                                        .map(PasswordHash::phc)
                                        .toList()))
                        .orElse(null),
                user.keys().stream()
                        .map(key -> new StoredKey(
                                key.key(), key.comment(), key.added().toString()))
                        .toList(),
                stored(user.passkeys()),
                user.created().toString(),
                text(user.lastSignIn()));
    }

    /** Files from before there were passkeys have none; files without any stay as those were. */
    private static List<UserRecord.PasskeyRecord> passkeys(@Nullable List<StoredPasskey> stored) {
        return stored == null
                ? List.of()
                : stored.stream()
                        .map(one -> new UserRecord.PasskeyRecord(
                                one.id(),
                                one.name(),
                                one.host(),
                                one.data(),
                                one.counter(),
                                one.synced(),
                                Instant.parse(one.added()),
                                instant(one.lastUsed())))
                        .toList();
    }

    private static @Nullable List<StoredPasskey> stored(List<UserRecord.PasskeyRecord> passkeys) {
        return passkeys.isEmpty()
                ? null
                : passkeys.stream()
                        .map(one -> new StoredPasskey(
                                one.id(),
                                one.name(),
                                one.host(),
                                one.data(),
                                one.counter(),
                                one.synced(),
                                one.added().toString(),
                                text(one.lastUsed())))
                        .toList();
    }

    private static TokenRecord token(StoredToken stored) {
        return new TokenRecord(
                stored.name(),
                Scope.of(stored.scope()),
                stored.sha256(),
                Optional.ofNullable(stored.formerSha256())
                        .map(digest ->
                                new TokenRecord.Former(digest, Instant.parse(String.valueOf(stored.formerUntil())))),
                Optional.ofNullable(stored.owner()),
                Instant.parse(stored.created()),
                instant(stored.expires()),
                instant(stored.lastUsed()),
                Optional.ofNullable(stored.source()));
    }

    private static StoredToken stored(TokenRecord token) {
        return new StoredToken(
                token.name(),
                token.scope().word(),
                token.source().orElse(null),
                token.digest(),
                token.former().map(TokenRecord.Former::digest).orElse(null),
                token.former().map(old -> old.until().toString()).orElse(null),
                token.owner().orElse(null),
                token.created().toString(),
                text(token.expires()),
                text(token.lastUsed()));
    }

    private static Set<Role> roles(List<String> words) {
        return words.stream().map(Role::of).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).toList();
    }

    static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
