package org.hearthwatch.access;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what somebody presents with what is stored, within the limits on guessing. Thread-safe. */
final class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final Supplier<AccessSettings> settings;
    private final Attempts attempts;
    private final Authenticators authenticators;

    final LongAdder wrong = new LongAdder();
    final LongAdder turnedAway = new LongAdder();

    Credentials(
            Accounts accounts,
            PasswordHasher hasher,
            Authenticators authenticators,
            Supplier<AccessSettings> settings,
            InstantSource clock) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.authenticators = authenticators;
        this.settings = settings;
        this.attempts = new Attempts(
                clock, () -> settings.get().freeAttempts(), () -> settings.get().longestWait());
    }

    /** @throws Refusal in the same words and after the same time, whatever of it is wrong */
    UserRecord password(String userName, Secret password, String origin) throws Refusal {
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
            throw wrongPassword();
        }
        attempts.succeeded(name, origin);
        return user.get();
    }

    /** @throws Refusal if the user's second factor does not take the code */
    void code(UserRecord user, Secret code, String origin) throws Refusal {
        try {
            authenticators.use(user.name(), code);
        } catch (Refusal e) {
            (e.kind() == Refusal.Kind.TOO_MANY_ATTEMPTS ? turnedAway : wrong).increment();
            LOG.warn("A code of {} from {} was not accepted", user.name(), origin);
            throw e;
        }
    }

    void forget(String name) {
        attempts.forget(name);
        authenticators.forget(name);
    }

    /** How many counters of failed attempts there are. */
    int counters() {
        return attempts.size();
    }

    static Refusal wrongPassword() {
        return new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The name or the password is wrong.");
    }

    private Optional<UserRecord> verified(String name, Secret password) throws Refusal {
        byte[] bytes = passwordBytes(password);
        Argon2Cost cost = settings.get().passwordCost();
        try {
            Optional<UserRecord> user = accounts.user(name);
            Optional<PasswordHash> stored = user.flatMap(UserRecord::password);
            if (user.isEmpty() || stored.isEmpty()) {
                hasher.pretend(bytes, cost);
                return Optional.empty();
            }
            if (!hasher.matches(stored.get(), bytes) || !user.get().enabled()) {
                return Optional.empty();
            }
            return stored.get().cost().equals(cost) ? user : renewed(name, stored.get(), hasher.hash(bytes, cost));
        } catch (Refusal e) {
            turnedAway.increment();
            throw e;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Optional<UserRecord> renewed(String name, PasswordHash old, PasswordHash renewed) {
        accounts.note(state -> state.user(name)
                .filter(now -> now.password().equals(Optional.of(old)))
                .map(now -> state.with(now.withPassword(renewed)))
                .orElse(state));
        return accounts.user(name).filter(now -> now.password().equals(Optional.of(renewed)));
    }

    /** What breaks the rules cannot be anyone's password, and is compared like any other wrong one. */
    private static byte[] passwordBytes(Secret password) {
        try {
            return PasswordRules.bytes(password);
        } catch (Refusal e) {
            return new byte[1];
        }
    }
}
