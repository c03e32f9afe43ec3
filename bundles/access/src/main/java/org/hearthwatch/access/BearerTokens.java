package org.hearthwatch.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Token;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens {@code hwt_<43 characters><8 hexadecimal digits>}: 256 random bits and their CRC-32. The prefix lets scanners find
 * a leaked one, the checksum tells a mistyped one from a revoked one without a look at the store.
 */
final class BearerTokens implements Tokens {

    static final String PREFIX = "hwt_";
    static final int MOST_TOKENS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);
    private static final int KEY_LENGTH = 43;
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}[0-9a-f]{8}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The time of last use is noted this coarsely, so that a scraper does not rewrite the file at every request. */
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final Accounts accounts;
    private final RandomText random;
    private final InstantSource clock;

    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();

    BearerTokens(Accounts accounts, RandomText random, InstantSource clock) {
        this.accounts = accounts;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public List<Token> list() {
        return accounts.state().tokens().stream()
                .map(token -> token.view(clock.instant()))
                .sorted(Comparator.comparing(Token::name))
                .toList();
    }

    @Override
    public Secret create(
            Principal maker, String name, Scope scope, Optional<String> source, Optional<Duration> lifetime)
            throws Refusal {
        check(name, scope, source, lifetime);
        String token = fresh();
        Instant now = clock.instant();
        accounts.change(state -> {
            if (state.token(name).isPresent()) {
                throw new Refusal(Refusal.Kind.EXISTS, "There is a token " + name + " already; revoke it first.");
            }
            if (state.tokens().size() >= MOST_TOKENS) {
                throw new Refusal(
                        Refusal.Kind.INVALID, "There are " + MOST_TOKENS + " tokens; revoke some that are not used.");
            }
            Optional<String> owner = owner(state, maker);
            if (!Policy.permits(maker.roles(), new Permission("use:scope", scope))) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "Your roles do not reach as far as the scope " + scope.word() + "; a token cannot either.");
            }
            return state.with(new TokenRecord(
                    name,
                    scope,
                    RandomText.sha256(token),
                    Optional.empty(),
                    owner,
                    now,
                    lifetime.map(now::plus),
                    Optional.empty(),
                    source));
        });
        LOG.info("Token {} was created with scope {}", name, scope.word());
        return Secret.of(token);
    }

    private static void check(String name, Scope scope, Optional<String> source, Optional<Duration> lifetime)
            throws Refusal {
        if (source.isPresent() != (scope == Scope.PUSH)) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "A token of scope push needs a source, the machine whose samples it brings; others have none.");
        }
        if (source.isPresent() && !NAME.matcher(source.get()).matches()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "A source's name has 1 to 64 letters, digits, dots, dashes and underscores, and begins with a"
                            + " letter or digit.");
        }
        if (!NAME.matcher(name).matches()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "A token's name has 1 to 64 letters, digits, dots, dashes and underscores, and begins with a"
                            + " letter or digit.");
        }
        if (lifetime.isPresent() && lifetime.get().compareTo(Duration.ofMinutes(1)) < 0) {
            throw new Refusal(Refusal.Kind.INVALID, "A token lives at least one minute.");
        }
    }

    private static Optional<String> owner(AccessState state, Principal maker) {
        return switch (maker.kind()) {
            case OPERATOR -> Optional.empty();
            case USER -> Optional.of(maker.name());
            case TOKEN -> state.token(maker.name()).flatMap(TokenRecord::owner);
        };
    }

    private String fresh() {
        String key = random.key();
        return PREFIX + key + checksum(key);
    }

    @Override
    public Secret rotate(String name, Duration overlap) throws Refusal {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new Refusal(Refusal.Kind.INVALID, "The former token is good for 0s to 7d after it was replaced.");
        }
        String token = fresh();
        Instant now = clock.instant();
        accounts.change(state -> {
            TokenRecord old = existing(state, name);
            if (old.expires().filter(end -> !now.isBefore(end)).isPresent()) {
                throw new Refusal(Refusal.Kind.NOT_NOW, "The token " + name + " has expired; make another.");
            }
            return state.with(old.rotated(RandomText.sha256(token), now, now.plus(overlap)));
        });
        LOG.info("Token {} was replaced; the former is good for {} more", name, overlap);
        return Secret.of(token);
    }

    private static TokenRecord existing(AccessState state, String name) throws Refusal {
        return state.token(name)
                .orElseThrow(() -> new Refusal(Refusal.Kind.UNKNOWN, "There is no token of that name."));
    }

    /** Ends one of the two secrets that a token has while it is being replaced. */
    void end(String name, Secret ended) throws Refusal {
        String digest = RandomText.sha256(ended);
        accounts.change(state -> state.with(existing(state, name).without(digest)));
    }

    @Override
    public void revoke(String name) throws Refusal {
        accounts.change(state -> state.withoutToken(existing(state, name).name()));
        LOG.info("Token {} was revoked", name);
    }

    @Override
    public Optional<Principal> authenticate(Secret token) {
        // The digest is compared, not the token: how far two digests agree tells nothing about the token.
        String digest = RandomText.sha256(token);
        Instant now = clock.instant();
        AccessState state = accounts.state();
        Optional<TokenRecord> known = state.tokens().stream()
                .filter(record -> record.accepts(digest, now))
                .findFirst();
        Optional<Set<Role>> rights = known.flatMap(record -> rights(state, record));
        if (!hasShape(token) || known.isEmpty() || rights.isEmpty()) {
            refused.increment();
            return Optional.empty();
        }
        accepted.increment();
        noteUse(known.get(), now);
        return Optional.of(new Principal(
                Principal.Kind.TOKEN,
                known.get().name(),
                known.get().scope(),
                known.get().source(),
                rights.get()));
    }

    /** What the owner may do at this moment; empty if the owner may not even sign in. */
    private static Optional<Set<Role>> rights(AccessState state, TokenRecord token) {
        if (token.owner().isEmpty()) {
            return Optional.of(Set.of(Role.of(token.scope())));
        }
        return state.user(token.owner().get()).filter(UserRecord::enabled).map(state::rights);
    }

    private void noteUse(TokenRecord token, Instant now) {
        boolean noted = token.lastUsed()
                .filter(last -> Duration.between(last, now).abs().compareTo(USE_RESOLUTION) < 0)
                .isPresent();
        if (!noted) {
            accounts.note(state -> state.token(token.name())
                    .filter(current -> current.digest().equals(token.digest()))
                    .map(current -> state.with(current.used(now)))
                    .orElse(state));
        }
    }

    private static boolean hasShape(Secret token) {
        byte[] bytes = token.reveal();
        try {
            String text = new String(bytes, StandardCharsets.US_ASCII);
            if (!SHAPE.matcher(text).matches()) {
                return false;
            }
            String key = text.substring(PREFIX.length(), PREFIX.length() + KEY_LENGTH);
            return text.endsWith(checksum(key));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static String checksum(String key) {
        var crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
