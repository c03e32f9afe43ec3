package org.hearthwatch.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Role;

/**
 * A person as stored.
 *
 * @param roles their own, without those of their groups
 * @param password empty for those for whom a provider vouches
 * @param provider who vouches for them; empty for people of this appliance
 */
record UserRecord(
        String name,
        Set<Role> roles,
        Set<String> groups,
        Optional<PasswordHash> password,
        boolean enabled,
        Optional<ProviderRecord> provider,
        Optional<FactorRecord> factor,
        List<KeyRecord> keys,
        List<PasskeyRecord> passkeys,
        Instant created,
        Optional<Instant> lastSignIn) {

    UserRecord {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
        keys = List.copyOf(keys);
        passkeys = List.copyOf(passkeys);
    }

    static UserRecord local(String name, Set<Role> roles, PasswordHash password, Instant created) {
        return new UserRecord(
                name,
                roles,
                Set.of(),
                Optional.of(password),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                created,
                Optional.empty());
    }

    static UserRecord external(String name, Set<Role> roles, ProviderRecord provider, Instant created) {
        return new UserRecord(
                name,
                roles,
                Set.of(),
                Optional.empty(),
                true,
                Optional.of(provider),
                Optional.empty(),
                List.of(),
                List.of(),
                created,
                Optional.empty());
    }

    UserRecord withRoles(Set<Role> other) {
        return new UserRecord(name, other, groups, password, enabled, provider, factor, keys, passkeys, created, lastSignIn);
    }

    UserRecord withPassword(PasswordHash other) {
        return new UserRecord(
                name, roles, groups, Optional.of(other), enabled, provider, factor, keys, passkeys, created, lastSignIn);
    }

    UserRecord withEnabled(boolean other) {
        return new UserRecord(name, roles, groups, password, other, provider, factor, keys, passkeys, created, lastSignIn);
    }

    UserRecord withFactor(Optional<FactorRecord> other) {
        return new UserRecord(name, roles, groups, password, enabled, provider, other, keys, passkeys, created, lastSignIn);
    }

    UserRecord withKey(KeyRecord key) {
        return withKeys(Stream.concat(keys.stream(), Stream.of(key)).toList());
    }

    UserRecord withoutKey(Predicate<KeyRecord> gone) {
        return withKeys(keys.stream().filter(gone.negate()).toList());
    }

    private UserRecord withKeys(List<KeyRecord> other) {
        return new UserRecord(name, roles, groups, password, enabled, provider, factor, other, passkeys, created, lastSignIn);
    }

    UserRecord withPasskey(PasskeyRecord passkey) {
        return withPasskeys(
                Stream.concat(passkeys.stream().filter(old -> !old.id().equals(passkey.id())), Stream.of(passkey))
                        .toList());
    }

    UserRecord withoutPasskey(String passkey) {
        return withPasskeys(passkeys.stream()
                .filter(one -> !one.name().equals(passkey))
                .toList());
    }

    private UserRecord withPasskeys(List<PasskeyRecord> other) {
        return new UserRecord(
                name, roles, groups, password, enabled, provider, factor, keys, other, created, lastSignIn);
    }

    /** Whether they have something beside the password to show who they are. */
    boolean hasSecondFactor() {
        return factor.isPresent() || !passkeys.isEmpty();
    }

    UserRecord inGroup(String group, boolean member) {
        Set<String> other = new TreeSet<>(groups);
        if (member) {
            other.add(group);
        } else {
            other.remove(group);
        }
        return new UserRecord(name, roles, other, password, enabled, provider, factor, keys, passkeys, created, lastSignIn);
    }

    UserRecord signedIn(Instant at) {
        return new UserRecord(name, roles, groups, password, enabled, provider, factor, keys, passkeys, created, Optional.of(at));
    }

    /** Who vouches for somebody, and as whom. */
    record ProviderRecord(String name, String subject) {}

    /**
     * A second factor.
     *
     * @param sealedKey the TOTP key, as the {@link KeySeal} keeps it
     * @param lastStep the newest time step whose code was used; neither it nor an older one is good again
     * @param recovery hashes of the recovery codes not used yet, all with one salt
     */
    record FactorRecord(String sealedKey, long lastStep, List<PasswordHash> recovery) {
        FactorRecord {
            recovery = List.copyOf(recovery);
        }

        FactorRecord used(long step) {
            return new FactorRecord(sealedKey, step, recovery);
        }

        FactorRecord withRecovery(List<PasswordHash> other) {
            return new FactorRecord(sealedKey, lastStep, other);
        }
    }

    /**
     * A public key.
     *
     * @param key its type and base 64, as OpenSSH writes them
     */
    record KeyRecord(String key, String comment, Instant added) {}

    /**
     * A passkey.
     *
     * @param id base64url, as its authenticator chose it
     * @param host the name of the appliance it was made for
     * @param data id and public key, base64url
     * @param counter of signatures
     */
    record PasskeyRecord(
            String id,
            String name,
            String host,
            String data,
            long counter,
            boolean synced,
            Instant added,
            Optional<Instant> lastUsed) {

        PasskeyRecord used(long nowAt, Instant when) {
            return new PasskeyRecord(id, name, host, data, nowAt, synced, added, Optional.of(when));
        }
    }
}
