package org.hearthwatch.access;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.Groups;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SecondFactors;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultedFile;

/**
 * Who may come in, put together: users, tokens, sessions and the first set-up over one state folder. Makes no thread of its
 * own; {@link #tick} wants to be called about once a minute. Thread-safe.
 */
public final class Access implements AutoCloseable {

    private final AtomicReference<AccessSettings> settings;
    private final Accounts accounts;
    private final Authenticators authenticators;
    private final Credentials credentials;
    private final SignInSessions sessions;
    private final LocalUsers users;
    private final BearerTokens tokens;
    private final LocalGroups groups;
    private final UserKeys keys;
    private final UserPasskeys passkeys;
    private final ExternalAccounts external;
    private final FirstSetup setup;
    private final VaultedFile factorKey;

    /**
     * Opens the state folder.
     *
     * @param folder holds {@code access.json}, {@code factor.key} once somebody has a second factor and while no vault has
     *     taken it, and, until set-up is done, {@code setup-link}
     * @param vault where the key of second factors is kept, while it runs
     * @throws DamagedStateException if there is a state that cannot be understood
     */
    public Access(Path folder, AccessSettings settings, InstantSource clock, SecureRandom random, Supplier<Optional<SealedNotes>> vault) {
        var text = new RandomText(random);
        var hasher = new PasswordHasher(random);
        this.settings = new AtomicReference<>(settings);
        factorKey = new VaultedFile(folder.resolve("factor.key"), "access/factor-key", vault);
        accounts = new Accounts(new AccessFile(folder.resolve("access.json")));
        authenticators = new Authenticators(
                accounts,
                hasher,
                new FactorKeySeal(factorKey, random),
                this.settings::get,
                clock,
                random);
        credentials = new Credentials(accounts, hasher, authenticators, this.settings::get, clock);
        sessions = new SignInSessions(accounts, credentials, this.settings::get, clock, text);
        accounts.onRightsChanged(sessions::revokeAll);
        authenticators.onRemoved(sessions::revokeAll);
        groups = new LocalGroups(accounts);
        keys = new UserKeys(accounts, clock);
        passkeys = new UserPasskeys(accounts, sessions, text, clock);
        external = new ExternalAccounts(accounts, sessions, clock);
        users = new LocalUsers(accounts, sessions, hasher, this.settings::get, clock);
        tokens = new BearerTokens(accounts, text, clock);
        setup = new FirstSetup(accounts, users, folder.resolve("setup-link"), text, clock);
    }

    /** Takes other settings; sessions go on. */
    public void apply(AccessSettings other) {
        settings.set(other);
    }

    public Users users() {
        return users;
    }

    public Groups groups() {
        return groups;
    }

    public SshKeys sshKeys() {
        return keys;
    }

    public SecondFactors secondFactors() {
        return authenticators;
    }

    public Passkeys passkeys() {
        return passkeys;
    }

    public ExternalSignIn externalSignIn() {
        return external;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Setup setup() {
        return setup;
    }

    /** The figures of this bundle. */
    public Collector figures() {
        return new AccessFigures(accounts, sessions, credentials, tokens);
    }

    /** Says where the console is reached, or that it no longer is; the set-up link follows. */
    public void consoleAt(Optional<URI> address) {
        setup.consoleAt(address);
    }

    /** Makes the first administrator without a code, for those who control the process's environment. */
    public void setUpUnattended(String userName, Secret password) throws Refusal {
        setup.unattended(userName, password);
    }

    /**
     * Puts the key of second factors into the vault.
     *
     * @return whether it was in a file until now
     * @throws IOException while the vault is not open; the file stays
     */
    public boolean useVault() throws IOException {
        return factorKey.moveToVault();
    }

    /** Renews the set-up link when it expired, and writes times of last use. */
    public void tick() {
        setup.refresh();
        accounts.flush();
    }

    @Override
    public void close() {
        setup.removeLink();
        accounts.flush();
    }
}
