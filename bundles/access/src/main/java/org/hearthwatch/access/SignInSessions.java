package org.hearthwatch.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in memory: a restart signs everyone out. Only digests of their ids are kept, so that neither a memory image nor a
 * bug that prints the table gives a session away.
 */
final class SignInSessions implements Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(SignInSessions.class);

    /** A session from further in the future than this was made before the clock was set back, and ends. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final Supplier<AccessSettings> settings;
    private final InstantSource clock;
    private final RandomText random;
    private final Attempts attempts;
    private final Map<String, Live> sessions = new HashMap<>();

    final LongAdder signedIn = new LongAdder();
    final LongAdder wrong = new LongAdder();
    final LongAdder turnedAway = new LongAdder();

    SignInSessions(
            Accounts accounts,
            PasswordHasher hasher,
            Supplier<AccessSettings> settings,
            InstantSource clock,
            RandomText random) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.attempts = new Attempts(
                clock, () -> settings.get().freeAttempts(), () -> settings.get().longestWait());
    }

    @Override
    public Session signIn(String userName, Secret password, String origin) throws Refusal {
        // What cannot be a name shares one counter, so that hostile spellings do not fill the table.
        String name = UserName.find(userName).orElse("?");
        try {
            attempts.admit(name, origin);
        } catch (Refusal e) {
            turnedAway.increment();
            LOG.warn("Sign-in of {} from {} was turned away after too many failed attempts", name, origin);
            throw e;
        }
        Optional<UserRecord> user = verified(name, password);
        if (user.isEmpty()) {
            wrong.increment();
            attempts.failed(name, origin);
            LOG.warn("Sign-in of {} from {} failed", name, origin);
            throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The name or the password is wrong.");
        }
        attempts.succeeded(name, origin);
        Session session = open(user.get());
        signedIn.increment();
        LOG.info("{} signed in from {}", name, origin);
        return session;
    }

    private Optional<UserRecord> verified(String name, Secret password) throws Refusal {
        byte[] bytes = passwordBytes(password);
        Argon2Cost cost = settings.get().passwordCost();
        try {
            Optional<UserRecord> user = accounts.user(name);
            if (user.isEmpty()) {
                hasher.pretend(bytes, cost);
                return Optional.empty();
            }
            if (!hasher.matches(user.get().password(), bytes)) {
                return Optional.empty();
            }
            if (user.get().password().cost().equals(cost)) {
                return user;
            }
            PasswordHash old = user.get().password();
            PasswordHash renewed = hasher.hash(bytes, cost);
            accounts.note(state -> state.user(name)
                    .filter(now -> now.password().equals(old))
                    .map(now -> state.with(now.withPassword(renewed)))
                    .orElse(state));
            return accounts.user(name).filter(now -> now.password().equals(renewed));
        } catch (Refusal e) {
            turnedAway.increment();
            throw e;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** What breaks the rules cannot be anyone's password, and is compared like any other wrong one. */
    private static byte[] passwordBytes(Secret password) {
        try {
            return PasswordRules.bytes(password);
        } catch (Refusal e) {
            return new byte[1];
        }
    }

    private synchronized Session open(UserRecord user) throws Refusal {
        // Checked under the lock: a password that changed since it was compared has ended this user's sessions already.
        boolean unchanged = accounts.user(user.name())
                .filter(now -> now.password().equals(user.password()))
                .isPresent();
        if (!unchanged) {
            throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The name or the password is wrong.");
        }
        Instant now = clock.instant();
        dropEnded(now);
        makeRoom(user.name());
        String id = random.key();
        String csrf = random.key();
        sessions.put(RandomText.sha256(id), new Live(user.name(), csrf, now, now));
        accounts.note(state -> state.user(user.name())
                .map(known -> state.with(known.signedIn(now)))
                .orElse(state));
        return new Session(Secret.of(id), principal(user), csrf);
    }

    private void makeRoom(String name) {
        while (sessions.values().stream().filter(live -> live.user.equals(name)).count()
                >= settings.get().sessionsPerUser()) {
            dropLeastRecent(name);
        }
        while (sessions.size() >= settings.get().sessionLimit()) {
            dropLeastRecent("");
        }
    }

    private void dropLeastRecent(String nameOrAny) {
        sessions.entrySet().stream()
                .filter(entry -> nameOrAny.isEmpty() || entry.getValue().user.equals(nameOrAny))
                .min(Comparator.comparing(entry -> entry.getValue().used))
                .map(Map.Entry::getKey)
                .ifPresent(sessions::remove);
    }

    @Override
    public synchronized Optional<Session> find(Secret id, boolean passive) {
        String digest = RandomText.sha256(id);
        Live live = sessions.get(digest);
        if (live == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<UserRecord> user = accounts.user(live.user);
        if (live.hasEnded(now, settings.get()) || user.isEmpty()) {
            sessions.remove(digest);
            return Optional.empty();
        }
        if (!passive) {
            live.used = now;
        }
        return Optional.of(new Session(id, principal(user.get()), live.csrf));
    }

    @Override
    public synchronized void signOut(Secret id) {
        Live ended = sessions.remove(RandomText.sha256(id));
        if (ended != null) {
            LOG.info("{} signed out", ended.user);
        }
    }

    /** Ends all sessions of a user. */
    synchronized void endAll(String user) {
        sessions.values().removeIf(live -> live.user.equals(user));
    }

    /** How many sessions there are. */
    synchronized int count() {
        dropEnded(clock.instant());
        return sessions.size();
    }

    /** How many counters of failed attempts there are. */
    int attemptCounters() {
        return attempts.size();
    }

    private void dropEnded(Instant now) {
        sessions.values().removeIf(live -> live.hasEnded(now, settings.get()));
    }

    private static Principal principal(UserRecord user) {
        return new Principal(Principal.Kind.USER, user.name(), user.scope());
    }

    private static final class Live {
        private final String user;
        private final String csrf;
        private final Instant began;
        private Instant used;

        private Live(String user, String csrf, Instant began, Instant used) {
            this.user = user;
            this.csrf = csrf;
            this.began = began;
            this.used = used;
        }

        private boolean hasEnded(Instant now, AccessSettings settings) {
            return !now.isBefore(began.plus(settings.sessionLifetime()))
                    || !now.isBefore(used.plus(settings.sessionIdle()))
                    || now.isBefore(began.minus(CLOCK_TOLERANCE));
        }
    }
}
