package org.hearthwatch.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.access.UserRecord.KeyRecord;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SshKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of users, kept and compared in the form SSH sends them in (RFC 4253, section 6.6). */
final class UserKeys implements SshKeys {

    static final int MOST_KEYS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(UserKeys.class);
    private static final int LEAST_RSA_BITS = 3072;
    private static final int LONGEST_COMMENT = 64;
    private static final Pattern LINE = Pattern.compile(
            "\\s*(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/]{40,2000}={0,2})(?: ([\\x20-\\x7e]*))?\\s*");

    private final Accounts accounts;
    private final InstantSource clock;

    UserKeys(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public List<Key> list() {
        return accounts.state().users().stream()
                .flatMap(user -> user.keys().stream().map(key -> view(user.name(), key)))
                .sorted(Comparator.comparing(Key::user).thenComparing(Key::fingerprint))
                .toList();
    }

    @Override
    public String add(String user, String line) throws Refusal {
        String name = UserName.of(user);
        KeyRecord key = parse(line);
        accounts.change(state -> {
            UserRecord owner = LocalUsers.existing(state, name);
            if (state.users().stream()
                    .flatMap(each -> each.keys().stream())
                    .anyMatch(other -> other.key().equals(key.key()))) {
                throw new Refusal(Refusal.Kind.EXISTS, "This key belongs to somebody already.");
            }
            if (owner.keys().size() >= MOST_KEYS) {
                throw new Refusal(
                        Refusal.Kind.INVALID, name + " has " + MOST_KEYS + " keys; remove one that is not used.");
            }
            return state.with(owner.withKey(key));
        });
        LOG.info("User {} has the key {}", name, fingerprint(key));
        return fingerprint(key);
    }

    @Override
    public void remove(String user, String fingerprint) throws Refusal {
        String name = UserName.of(user);
        accounts.change(state -> {
            UserRecord owner = LocalUsers.existing(state, name);
            UserRecord without = owner.withoutKey(key -> fingerprint(key).equals(fingerprint));
            if (without.keys().size() == owner.keys().size()) {
                throw new Refusal(Refusal.Kind.UNKNOWN, name + " has no key of that fingerprint.");
            }
            return state.with(without);
        });
        LOG.info("User {} has the key {} no longer", name, fingerprint);
    }

    @Override
    public Optional<Principal> find(String user, PublicKey key) {
        AccessState state = accounts.state();
        Optional<byte[]> presented = SshWire.encode(key);
        return UserName.find(user)
                .filter(user::equals)
                .flatMap(state::user)
                .filter(UserRecord::enabled)
                .filter(owner -> presented.isPresent()
                        && owner.keys().stream().anyMatch(one -> MessageDigest.isEqual(blob(one), presented.get())))
                .map(owner -> Principal.user(owner.name(), state.rights(owner)));
    }

    private KeyRecord parse(String line) throws Refusal {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw notAKey();
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(parts.group(2));
        } catch (IllegalArgumentException e) {
            throw notAKey();
        }
        List<byte[]> fields = SshWire.fields(blob).orElseThrow(UserKeys::notAKey);
        String type = parts.group(1);
        if (!new String(fields.get(0), StandardCharsets.US_ASCII).equals(type)) {
            throw notAKey();
        }
        if (type.equals("ssh-rsa") && (fields.size() != 3 || bits(fields.get(2)) < LEAST_RSA_BITS)) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "An RSA key needs at least " + LEAST_RSA_BITS + " bits; better make an ed25519 key.");
        }
        String comment = parts.group(3) == null ? "" : parts.group(3).strip();
        return new KeyRecord(
                type + ' ' + parts.group(2),
                comment.substring(0, Math.min(comment.length(), LONGEST_COMMENT)),
                clock.instant());
    }

    private static int bits(byte[] magnitude) {
        return new java.math.BigInteger(1, magnitude).bitLength();
    }

    private static Key view(String user, KeyRecord key) {
        return new Key(
                user, key.key().substring(0, key.key().indexOf(' ')), fingerprint(key), key.comment(), key.added());
    }

    private static byte[] blob(KeyRecord key) {
        return Base64.getDecoder().decode(key.key().substring(key.key().indexOf(' ') + 1));
    }

    private static String fingerprint(KeyRecord key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(ByteBuffer.wrap(blob(key)).array());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Refusal notAKey() {
        return new Refusal(
                Refusal.Kind.INVALID,
                "This is not the line of an OpenSSH public key, such as the content of ~/.ssh/id_ed25519.pub.");
    }
}
