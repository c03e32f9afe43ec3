package org.hearthwatch.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
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

    /** Of a digest's 64 digits: enough to tell a thousand sessions apart, and nothing one could sign in with. */
    private static final int HANDLE_LENGTH = 12;

    private final Accounts accounts;
    private final Credentials credentials;
    private final Supplier<AccessSettings> settings;
    private final InstantSource clock;
    private final RandomText random;
    private final Map<String, Live> sessions = new HashMap<>();

    final LongAdder signedIn = new LongAdder();

    SignInSessions(
            Accounts accounts,
            Credentials credentials,
            Supplier<AccessSettings> settings,
            InstantSource clock,
            RandomText random) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Session signIn(String userName, Secret password, Optional<Secret> code, String origin) throws Refusal {
        UserRecord user = credentials.password(userName, password, origin);
        String means = "password";
        if (user.hasSecondFactor()) {
            if (user.factor().isEmpty()) {
                throw new Refusal(
                        Refusal.Kind.PASSKEY_NEEDED,
                        "The password alone does not sign in: use your passkey, under the name of the appliance that it"
                                + " was made for.");
            }
            if (code.isEmpty()) {
                throw new Refusal(Refusal.Kind.CODE_NEEDED, "Give the code from your app, or a recovery code.");
            }
            credentials.code(user, code.get(), origin);
            means = "password+code";
        }
        // A password that changed since it was compared has ended this user's sessions already.
        Session session = open(user.name(), now -> now.password().equals(user.password()), means, origin)
                .orElseThrow(Credentials::wrongPassword);
        signedIn.increment();
        LOG.info("{} signed in from {}", user.name(), origin);
        return session;
    }

    /** Checks a password without beginning a session. */
    void check(String userName, Secret password, String origin) throws Refusal {
        credentials.password(userName, password, origin);
    }

    /** Begins a session, if the user is still as they were when it was decided. */
    synchronized Optional<Session> open(String userName, Predicate<UserRecord> unchanged, String means, String origin) {
        Optional<UserRecord> user =
                accounts.user(userName).filter(UserRecord::enabled).filter(unchanged);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        dropEnded(now);
        makeRoom(userName);
        String id = random.key();
        var live = new Live(userName, origin, means, random.key(), now);
        sessions.put(RandomText.sha256(id), live);
        accounts.note(state -> state.user(userName)
                .map(known -> state.with(known.signedIn(now)))
                .orElse(state));
        return Optional.of(view(Secret.of(id), live, user.get(), now));
    }

    @Override
    public Session confirm(Secret id, Secret proof, String origin) throws Refusal {
        Session session = find(id, false).orElseThrow(SignInSessions::ended);
        UserRecord user = accounts.user(session.principal().name()).orElseThrow(SignInSessions::ended);
        if (user.factor().isPresent()) {
            credentials.code(user, proof, origin);
        } else if (!user.passkeys().isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_NOW, "Show who you are with your passkey.");
        } else if (user.password().isPresent()) {
            credentials.password(user.name(), proof, origin);
        } else {
            throw new Refusal(
                    Refusal.Kind.NOT_NOW, "Sign out and in again to show who you are; there is no password here.");
        }
        return renew(id, user);
    }

    /** The session of somebody who has just shown who they are, under a new id. */
    synchronized Session renew(Secret id, UserRecord user) throws Refusal {
        Live live = Optional.ofNullable(sessions.remove(RandomText.sha256(id))).orElseThrow(SignInSessions::ended);
        String next = random.key();
        Instant now = clock.instant();
        Live renewed = live.proved(random.key(), now);
        sessions.put(RandomText.sha256(next), renewed);
        return view(Secret.of(next), renewed, user, now);
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
        Optional<UserRecord> user = accounts.user(live.user).filter(UserRecord::enabled);
        if (live.hasEnded(now, settings.get()) || user.isEmpty()) {
            sessions.remove(digest);
            return Optional.empty();
        }
        if (!passive) {
            live.used = now;
        }
        return Optional.of(view(id, live, user.get(), now));
    }

    @Override
    public synchronized void signOut(Secret id) {
        Live ended = sessions.remove(RandomText.sha256(id));
        if (ended != null) {
            LOG.info("{} signed out", ended.user);
        }
    }

    @Override
    public synchronized List<Open> open() {
        dropEnded(clock.instant());
        return sessions.entrySet().stream()
                .map(entry -> entry.getValue().view(handle(entry.getKey())))
                .sorted(Comparator.comparing(Open::used).reversed())
                .toList();
    }

    @Override
    public synchronized void revoke(String handle) throws Refusal {
        boolean gone = handle.length() == HANDLE_LENGTH
                && sessions.keySet().removeIf(digest -> handle(digest).equals(handle));
        if (!gone) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "There is no session of that handle.");
        }
        LOG.info("Session {} was ended", handle);
    }

    @Override
    public synchronized int revokeAll(String user) {
        int before = sessions.size();
        sessions.values().removeIf(live -> live.user.equals(user));
        return before - sessions.size();
    }

    /** Forgets a user's failed attempts. */
    void forgetAttempts(String name) {
        credentials.forget(name);
    }

    /** How many sessions there are. */
    synchronized int count() {
        dropEnded(clock.instant());
        return sessions.size();
    }

    private void dropEnded(Instant now) {
        sessions.values().removeIf(live -> live.hasEnded(now, settings.get()));
    }

    private Session view(Secret id, Live live, UserRecord user, Instant now) {
        Set<Role> rights = accounts.state().rights(user);
        boolean powerful = rights.contains(Role.ADMIN) || rights.contains(Role.SECURITY);
        boolean incomplete = settings.get().secondFactorForAdministrators()
                && powerful
                && !user.hasSecondFactor()
                && user.provider().isEmpty();
        var principal = Principal.user(user.name(), incomplete ? Set.of(Role.VIEWER) : rights);
        return new Session(id, principal, live.csrf, live.isFresh(now, settings.get()));
    }

    private static String handle(String digest) {
        return digest.substring(0, HANDLE_LENGTH);
    }

    static Refusal ended() {
        return new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The session has ended; sign in again.");
    }

    private static final class Live {
        private final String user;
        private final String origin;
        private final String means;
        private final String csrf;
        private final Instant began;
        private final Instant proved;
        private Instant used;

        private Live(String user, String origin, String means, String csrf, Instant now) {
            this(user, origin, means, csrf, now, now);
        }

        private Live(String user, String origin, String means, String csrf, Instant began, Instant proved) {
            this.user = user;
            this.origin = origin;
            this.means = means;
            this.csrf = csrf;
            this.began = began;
            this.proved = proved;
            this.used = proved;
        }

        private Live proved(String newCsrf, Instant now) {
            return new Live(user, origin, means, newCsrf, began, now);
        }

        private Open view(String handle) {
            return new Open(handle, user, origin, means, began, used);
        }

        private boolean isFresh(Instant now, AccessSettings settings) {
            return !now.isBefore(proved.minus(CLOCK_TOLERANCE)) && now.isBefore(proved.plus(settings.proofLifetime()));
        }

        private boolean hasEnded(Instant now, AccessSettings settings) {
            return !now.isBefore(began.plus(settings.sessionLifetime()))
                    || !now.isBefore(used.plus(settings.sessionIdle()))
                    || now.isBefore(began.minus(CLOCK_TOLERANCE));
        }
    }
}
