package org.hearthwatch.access;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
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
        AccessState state = accounts.state();
        return state.users().stream()
                .map(user -> view(state, user))
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    private static User view(AccessState state, UserRecord user) {
        return new User(
                user.name(),
                user.roles(),
                user.groups(),
                state.rights(user),
                user.enabled(),
                user.hasSecondFactor(),
                user.provider().map(UserRecord.ProviderRecord::name).orElse("local"),
                user.created(),
                user.lastSignIn());
    }

    @Override
    public Optional<Principal> principal(String name) {
        AccessState state = accounts.state();
        return UserName.find(name)
                .flatMap(state::user)
                .filter(UserRecord::enabled)
                .map(user -> Principal.user(user.name(), state.rights(user)));
    }

    @Override
    public void add(String name, Set<Role> roles, Secret password) throws Refusal {
        add(name, roles, password, state -> state);
    }

    /** Adds the first administrator, if there still is none at the moment of writing. */
    void addFirst(String name, Secret password) throws Refusal {
        add(name, Set.of(Role.ADMIN), password, state -> {
            if (state.administrators() > 0) {
                throw new Refusal(Refusal.Kind.NOT_NOW, "The set-up was done already; sign in.");
            }
            return state.withoutUser(UserName.of(name));
        });
    }

    private void add(String name, Set<Role> roles, Secret password, Accounts.Change before) throws Refusal {
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
            return base.with(UserRecord.local(canonical, roles, hash, clock.instant()));
        });
        LOG.info("User {} was added", canonical);
    }

    @Override
    public void remove(String name) throws Refusal {
        String canonical = UserName.of(name);
        accounts.change(state -> state.withoutUser(existing(state, canonical).name()));
        LOG.info("User {} was removed", canonical);
    }

    @Override
    public void change(String name, Change change) throws Refusal {
        String canonical = UserName.of(name);
        existing(accounts.state(), canonical);
        Optional<PasswordHash> hash = Optional.empty();
        if (change.password().isPresent()) {
            local(accounts.state(), canonical);
            hash = Optional.of(hash(canonical, change.password().get()));
        }
        Optional<PasswordHash> password = hash;
        accounts.change(state -> changed(state, canonical, change, password));
        if (hash.isPresent()) {
            sessions.revokeAll(canonical);
            LOG.info("The password of user {} was changed", canonical);
        }
        if (change.roles().isPresent()) {
            LOG.info("User {} has other roles now", canonical);
        }
        change.enabled().ifPresent(may -> LOG.info("User {} may {}sign in", canonical, may ? "" : "no longer "));
    }

    private static AccessState changed(AccessState state, String name, Change change, Optional<PasswordHash> password)
            throws Refusal {
        UserRecord user = existing(state, name);
        if (password.isPresent()) {
            user = local(state, name).withPassword(password.get());
        }
        if (change.roles().isPresent()) {
            if (user.provider().isPresent()) {
                throw new Refusal(
                        Refusal.Kind.NOT_NOW,
                        name + " gets the roles from " + user.provider().get().name()
                                + " at each sign-in; change the groups there.");
            }
            user = user.withRoles(change.roles().get());
        }
        if (change.enabled().isPresent()) {
            user = user.withEnabled(change.enabled().get());
        }
        return state.with(user);
    }

    @Override
    public void changeOwnPassword(String name, Secret old, Secret password, String origin) throws Refusal {
        sessions.check(name, old, origin);
        changePassword(name, password);
    }

    @Override
    public void unlock(String name) throws Refusal {
        String canonical = existing(accounts.state(), UserName.of(name)).name();
        sessions.forgetAttempts(canonical);
        LOG.info("The failed attempts of user {} are forgotten", canonical);
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

    static UserRecord existing(AccessState state, String name) throws Refusal {
        return state.user(name).orElseThrow(() -> new Refusal(Refusal.Kind.UNKNOWN, "There is no user " + name + "."));
    }

    private static UserRecord local(AccessState state, String name) throws Refusal {
        UserRecord user = existing(state, name);
        if (user.provider().isPresent()) {
            throw new Refusal(
                    Refusal.Kind.NOT_NOW,
                    name + " signs in through " + user.provider().get().name() + " and has no password here.");
        }
        return user;
    }
}
