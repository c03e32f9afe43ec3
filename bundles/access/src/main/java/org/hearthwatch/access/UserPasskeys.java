package org.hearthwatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hearthwatch.access.PendingCeremonies.Pending;
import org.hearthwatch.access.UserRecord.PasskeyRecord;
import org.hearthwatch.access.passkey.InvalidPasskeyException;
import org.hearthwatch.access.passkey.PasskeyChecks;
import org.hearthwatch.access.passkey.PasskeyChecks.Credential;
import org.hearthwatch.access.passkey.PasskeyChecks.Expected;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passkeys of people. Without a password the device must have made sure of its owner; behind a right password its presence is
 * enough, so that simple security keys serve as a second factor.
 */
final class UserPasskeys implements Passkeys {

    static final int MOST_PASSKEYS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(UserPasskeys.class);
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ID = 1024;
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/]{1," + LONGEST_NAME + "}");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Accounts accounts;
    private final SignInSessions sessions;
    private final RandomText random;
    private final InstantSource clock;
    private final PendingCeremonies pending;

    UserPasskeys(Accounts accounts, SignInSessions sessions, RandomText random, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.random = random;
        this.clock = clock;
        this.pending = new PendingCeremonies(clock);
    }

    /** The library takes memory, and most appliances start without anybody using a passkey. */
    private static final class Library {
        private static final PasskeyChecks CHECKS = new PasskeyChecks();
    }

    @Override
    public List<Passkey> list() {
        return accounts.state().users().stream()
                .flatMap(user -> user.passkeys().stream().map(one -> view(user.name(), one)))
                .toList();
    }

    @Override
    public Ceremony beginRegistration(String user, Secret session, Site site) throws Refusal {
        UserRecord owner = owner(accounts.state(), user);
        checkSite(site);
        // Asked for, not demanded: a key without a PIN is still a second factor.
        return begin(registration(session), owner.name(), Optional.of(owner), site, false);
    }

    @Override
    public Passkey register(String user, Secret session, String name, String answer, Site site) throws Refusal {
        if (!NAME.matcher(name).matches() || !name.equals(name.strip())) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "A passkey's name has 1 to " + LONGEST_NAME + " characters and no slash.");
        }
        Pending begun = take(registration(session));
        String owner = owner(accounts.state(), user).name();
        if (!begun.user().equals(Optional.of(owner))) {
            throw over();
        }
        PasskeyRecord made = made(name, answer, begun, site);
        accounts.change(state -> {
            UserRecord now = owner(state, owner);
            if (now.passkeys().size() >= MOST_PASSKEYS) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        owner + " has " + MOST_PASSKEYS + " passkeys; remove one that is not used.");
            }
            if (now.passkeys().stream().anyMatch(one -> one.name().equals(name))) {
                throw new Refusal(Refusal.Kind.EXISTS, "There is a passkey of that name already.");
            }
            if (state.users().stream()
                    .flatMap(each -> each.passkeys().stream())
                    .anyMatch(one -> one.id().equals(made.id()))) {
                throw new Refusal(Refusal.Kind.EXISTS, "This passkey is known already.");
            }
            return state.with(now.withPasskey(made));
        });
        LOG.info("User {} has the passkey {}", owner, name);
        return view(owner, made);
    }

    private PasskeyRecord made(String name, String answer, Pending begun, Site site) throws Refusal {
        try {
            Credential credential = Library.CHECKS.registered(answer, expected(begun, site));
            if (credential.id().length > LONGEST_ID) {
                throw new Refusal(Refusal.Kind.INVALID, "The passkey's id is longer than any that is allowed.");
            }
            return new PasskeyRecord(
                    ENCODER.encodeToString(credential.id()),
                    name,
                    site.host(),
                    ENCODER.encodeToString(credential.data()),
                    credential.counter(),
                    credential.synced(),
                    clock.instant(),
                    Optional.empty());
        } catch (InvalidPasskeyException e) {
            LOG.warn("A new passkey was refused: {}", e.getMessage());
            throw new Refusal(Refusal.Kind.INVALID, "The passkey was not made as it must be; try again.");
        }
    }

    @Override
    public void remove(String user, String name) throws Refusal {
        String owner = UserName.of(user);
        accounts.change(state -> {
            UserRecord before = LocalUsers.existing(state, owner);
            UserRecord without = before.withoutPasskey(name);
            if (without.passkeys().size() == before.passkeys().size()) {
                throw new Refusal(Refusal.Kind.UNKNOWN, owner + " has no passkey of that name.");
            }
            return state.with(without);
        });
        sessions.revokeAll(owner);
        LOG.info("User {} has the passkey {} no longer", owner, name);
    }

    @Override
    public Departure beginSignIn(String origin, Site site) throws Refusal {
        checkSite(site);
        return depart(origin, Optional.empty(), site, true);
    }

    @Override
    public Optional<Departure> beginSecondStep(String user, String origin, Site site) throws Refusal {
        Optional<UserRecord> owner = UserName.find(user).flatMap(accounts::user).filter(one -> hasPasskeyAt(one, site));
        return owner.isEmpty() ? Optional.empty() : Optional.of(depart(origin, owner, site, false));
    }

    private Departure depart(String origin, Optional<UserRecord> owner, Site site, boolean verify) {
        Secret binding = Secret.of(random.key());
        return new Departure(binding, begin(signIn(binding), origin, owner, site, verify));
    }

    @Override
    public Sessions.Session signIn(Secret binding, String answer, String origin, Site site) throws Refusal {
        Pending begun = take(signIn(binding));
        UserRecord user = proved(answer, begun, site, origin);
        Sessions.Session session = sessions.open(
                        user.name(),
                        now -> now.password().equals(user.password()),
                        begun.user().isPresent() ? "password+passkey" : "passkey",
                        origin)
                .orElseThrow(UserPasskeys::wrong);
        sessions.signedIn.increment();
        LOG.info("{} signed in from {} with a passkey", user.name(), origin);
        return session;
    }

    @Override
    public Ceremony beginConfirmation(Secret session, Site site) throws Refusal {
        UserRecord user = signedIn(session);
        if (!hasPasskeyAt(user, site)) {
            throw new Refusal(Refusal.Kind.NOT_NOW, "You have no passkey for " + site.host() + '.');
        }
        return begin(confirmation(session), user.name(), Optional.of(user), site, false);
    }

    @Override
    public Sessions.Session confirm(Secret session, String answer, Site site) throws Refusal {
        Pending begun = take(confirmation(session));
        UserRecord user = signedIn(session);
        if (!begun.user().equals(Optional.of(user.name()))) {
            throw over();
        }
        return sessions.renew(session, proved(answer, begun, site, user.name()));
    }

    private Ceremony begin(String key, String asker, Optional<UserRecord> user, Site site, boolean verify) {
        String challenge = random.key();
        pending.put(key, new Pending(asker, user.map(UserRecord::name), challenge, verify, clock.instant()));
        return new Ceremony(
                challenge,
                site.host(),
                user.map(UserPasskeys::handle).orElse(""),
                user.map(UserRecord::passkeys).orElse(List.of()).stream()
                        .filter(one -> one.host().equals(site.host()))
                        .map(PasskeyRecord::id)
                        .toList(),
                verify);
    }

    private Pending take(String key) throws Refusal {
        return pending.take(key).orElseThrow(UserPasskeys::over);
    }

    /** Whose answer it is; the grown counter is on disk, if it can be, before anybody is let in. */
    private UserRecord proved(String answer, Pending begun, Site site, String origin) throws Refusal {
        try {
            PasskeyChecks.Answer read = Library.CHECKS.read(answer);
            String id = ENCODER.encodeToString(read.id());
            UserRecord user = accounts.state().users().stream()
                    .filter(UserRecord::enabled)
                    .filter(one -> begun.user().isEmpty() || begun.user().get().equals(one.name()))
                    .filter(one -> read.owner()
                            .map(ENCODER::encodeToString)
                            .orElse(handle(one))
                            .equals(handle(one)))
                    .filter(one -> one.passkeys().stream().anyMatch(key -> isThat(key, id, site)))
                    .findFirst()
                    .orElseThrow(UserPasskeys::wrong);
            PasskeyRecord key = user.passkeys().stream()
                    .filter(one -> isThat(one, id, site))
                    .findFirst()
                    .orElseThrow(UserPasskeys::wrong);
            long counter = Library.CHECKS.proved(
                    read,
                    new Credential(read.id(), Base64.getUrlDecoder().decode(key.data()), key.counter(), key.synced()),
                    expected(begun, site));
            keep(user.name(), key.used(counter, clock.instant()));
            return user;
        } catch (InvalidPasskeyException e) {
            LOG.warn("A passkey from {} was not accepted: {}", origin, e.getMessage());
            throw wrong();
        }
    }

    private static boolean isThat(PasskeyRecord key, String id, Site site) {
        return key.id().equals(id) && key.host().equals(site.host());
    }

    private void keep(String name, PasskeyRecord used) throws Refusal {
        try {
            accounts.change(state -> used(state, name, used).orElseThrow(UserPasskeys::wrong));
        } catch (Refusal e) {
            if (e.kind() == Refusal.Kind.WRONG_CREDENTIALS) {
                throw e;
            }
            accounts.note(state -> used(state, name, used).orElse(state));
        }
    }

    /** Nothing if the key was taken away since it was looked up, or the same count has let somebody in. */
    private static Optional<AccessState> used(AccessState state, String name, PasskeyRecord used) {
        return state.user(name)
                .filter(user -> user.passkeys().stream()
                        .anyMatch(now ->
                                now.id().equals(used.id()) && (used.counter() == 0 || now.counter() < used.counter())))
                .map(user -> state.with(user.withPasskey(used)));
    }

    private UserRecord signedIn(Secret session) throws Refusal {
        return sessions.find(session, false)
                .flatMap(one -> accounts.user(one.principal().name()))
                .orElseThrow(SignInSessions::ended);
    }

    private static boolean hasPasskeyAt(UserRecord user, Site site) {
        return user.passkeys().stream().anyMatch(one -> one.host().equals(site.host()));
    }

    private static Expected expected(Pending begun, Site site) {
        return new Expected(
                site.origin(), site.host(), Base64.getUrlDecoder().decode(begun.challenge()), begun.verify());
    }

    private static UserRecord owner(AccessState state, String user) throws Refusal {
        UserRecord owner = LocalUsers.existing(state, UserName.of(user));
        if (owner.provider().isPresent()) {
            throw new Refusal(
                    Refusal.Kind.NOT_NOW, "Your provider signs you in; a passkey here would outlive what it decides.");
        }
        return owner;
    }

    private static void checkSite(Site site) throws Refusal {
        if (ADDRESS.matcher(site.host()).matches()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "Browsers keep passkeys for names, not for addresses: open the console under a name, such as"
                            + " localhost or one of hosts in etc/org.hearthwatch.http.cfg.");
        }
    }

    private static Passkey view(String user, PasskeyRecord one) {
        return new Passkey(user, one.name(), one.host(), one.synced(), one.added(), one.lastUsed());
    }

    /** What authenticators know a user by: says nothing about them, and is another if a name is given away again. */
    private static String handle(UserRecord user) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((user.name() + ' ' + user.created()).getBytes(StandardCharsets.UTF_8));
            return ENCODER.encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String registration(Secret session) {
        return "registration " + RandomText.sha256(session);
    }

    private static String signIn(Secret binding) {
        return "sign-in " + RandomText.sha256(binding);
    }

    private static String confirmation(Secret session) {
        return "confirmation " + RandomText.sha256(session);
    }

    private static Refusal over() {
        return new Refusal(Refusal.Kind.NOT_NOW, "This took too long, or another browser began it; try again.");
    }

    private static Refusal wrong() {
        return new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "This passkey does not sign in here.");
    }
}
