package org.hearthwatch.access;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The people of this appliance. */
final class LocalUsers implements Users {

    static final int MOST_USERS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(LocalUsers.class);

    private final Accounts accounts;
    private final SignInSessions sessions;
    private final PasswordHasher hasher;
    private final Supplier<AccessSettings> settings;
    private final PasswordRules rules = new PasswordRules();
    private final InstantSource clock;

    LocalUsers(
            Accounts accounts,
            SignInSessions sessions,
            PasswordHasher hasher,
            Supplier<AccessSettings> settings,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<User> list() {
        return accounts.state().users().stream()
                .map(UserRecord::view)
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    @Override
    public void add(String name, Scope scope, Secret password) throws Refusal {
        add(name, scope, password, state -> state);
    }

    /** Adds the first administrator, if there still is none at the moment of writing. */
    void addFirst(String name, Secret password) throws Refusal {
        add(name, Scope.ADMIN, password, state -> {
            if (state.administrators() > 0) {
                throw new Refusal(Refusal.Kind.NOT_NOW, "The set-up was done already; sign in.");
            }
            return state.withoutUser(UserName.of(name));
        });
    }

    private void add(String name, Scope scope, Secret password, Accounts.Change before) throws Refusal {
        checkForPeople(scope);
        String canonical = UserName.of(name);
        PasswordHash hash = hash(canonical, password);
        accounts.change(state -> {
            AccessState base = before.apply(state);
            if (base.user(canonical).isPresent()) {
                throw new Refusal(Refusal.Kind.EXISTS, "There is a user " + canonical + " already.");
            }
            if (base.users().size() >= MOST_USERS) {
                throw new Refusal(Refusal.Kind.INVALID, "There are " + MOST_USERS + " users, more are not allowed.");
            }
            return base.with(new UserRecord(canonical, scope, hash, clock.instant(), Optional.empty()));
        });
        LOG.info("User {} was added with scope {}", canonical, scope.word());
    }

    @Override
    public void remove(String name) throws Refusal {
        String canonical = UserName.of(name);
        accounts.change(state -> {
            UserRecord user = existing(state, canonical);
            keepOneAdministrator(state, user);
            return state.withoutUser(canonical);
        });
        sessions.endAll(canonical);
        LOG.info("User {} was removed", canonical);
    }

    @Override
    public void changePassword(String name, Secret password) throws Refusal {
        String canonical = UserName.of(name);
        existing(accounts.state(), canonical);
        PasswordHash hash = hash(canonical, password);
        accounts.change(state -> state.with(existing(state, canonical).withPassword(hash)));
        sessions.endAll(canonical);
        LOG.info("The password of user {} was changed", canonical);
    }

    private static void checkForPeople(Scope scope) throws Refusal {
        if (scope == Scope.PUSH) {
            throw new Refusal(Refusal.Kind.INVALID, "The scope push is for tokens; people have read, write or admin.");
        }
    }

    @Override
    public void changeScope(String name, Scope scope) throws Refusal {
        checkForPeople(scope);
        String canonical = UserName.of(name);
        accounts.change(state -> {
            UserRecord user = existing(state, canonical);
            if (scope != Scope.ADMIN) {
                keepOneAdministrator(state, user);
            }
            return state.with(user.withScope(scope));
        });
        sessions.endAll(canonical);
        LOG.info("User {} now has scope {}", canonical, scope.word());
    }

    private PasswordHash hash(String canonical, Secret password) throws Refusal {
        rules.check(canonical, password);
        byte[] bytes = PasswordRules.bytes(password);
        try {
            return hasher.hash(bytes, settings.get().passwordCost());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static UserRecord existing(AccessState state, String name) throws Refusal {
        return state.user(name).orElseThrow(() -> new Refusal(Refusal.Kind.UNKNOWN, "There is no user " + name + "."));
    }

    private static void keepOneAdministrator(AccessState state, UserRecord user) throws Refusal {
        if (user.scope() == Scope.ADMIN && state.administrators() == 1) {
            throw new Refusal(
                    Refusal.Kind.NOT_NOW, user.name() + " is the only administrator; make another user one first.");
        }
    }
}
