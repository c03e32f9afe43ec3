package org.hearthwatch.access;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.access.UserRecord.ProviderRecord;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts of people for whom a provider vouches. An account is found by provider and subject alone: a name is only a wish,
 * and one that is taken, by a local user or somebody else's, is refused rather than shared.
 */
final class ExternalAccounts implements ExternalSignIn {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalAccounts.class);
    private static final int LONGEST_SUBJECT = 255;

    private final Accounts accounts;
    private final SignInSessions sessions;
    private final InstantSource clock;

    ExternalAccounts(Accounts accounts, SignInSessions sessions, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Sessions.Session admit(Identity who, String origin) throws Refusal {
        UserRecord user = account(who);
        Sessions.Session session =
                sessions.open(user.name(), now -> true, who.provider(), origin).orElseThrow(ExternalAccounts::disabled);
        sessions.signedIn.increment();
        LOG.info("{} signed in through {} from {}", user.name(), who.provider(), origin);
        return session;
    }

    private UserRecord account(Identity who) throws Refusal {
        Optional<UserRecord> known = find(accounts.state(), who);
        if (known.isEmpty() || !known.get().roles().equals(who.roles())) {
            accounts.change(state -> adopt(state, who));
            known = find(accounts.state(), who);
        }
        return known.filter(UserRecord::enabled).orElseThrow(ExternalAccounts::disabled);
    }

    private AccessState adopt(AccessState state, Identity who) throws Refusal {
        Optional<UserRecord> known = find(state, who);
        if (known.isPresent()) {
            return state.with(known.get().withRoles(who.roles()));
        }
        if (who.roles().isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.WRONG_CREDENTIALS,
                    "None of your groups has a role here; ask an administrator to map one of them.");
        }
        if (who.subject().isEmpty() || who.subject().length() > LONGEST_SUBJECT) {
            throw new Refusal(Refusal.Kind.INVALID, "The provider names nobody.");
        }
        // The part before an at sign: many providers' names are mail addresses.
        String wish = who.name().split("@", 2)[0].toLowerCase(Locale.ROOT);
        String name = UserName.of(wish);
        if (state.user(name).isPresent()) {
            throw new Refusal(
                    Refusal.Kind.EXISTS,
                    "There is another user " + name + " here already, whom " + who.provider()
                            + " does not vouch for; an administrator can remove or rename one of them.");
        }
        if (state.users().size() >= LocalUsers.MOST_USERS) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "There are " + LocalUsers.MOST_USERS + " users, more are not allowed.");
        }
        LOG.info("User {} comes from {} for the first time", name, who.provider());
        return state.with(UserRecord.external(
                name, who.roles(), new ProviderRecord(who.provider(), who.subject()), clock.instant()));
    }

    private static Optional<UserRecord> find(AccessState state, Identity who) {
        var provider = Optional.of(new ProviderRecord(who.provider(), who.subject()));
        return state.users().stream()
                .filter(user -> user.provider().equals(provider))
                .findFirst();
    }

    private static Refusal disabled() {
        return new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "This account may not sign in at the moment.");
    }
}
