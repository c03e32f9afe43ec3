package org.hearthwatch.shell.osgi;

import java.io.IOException;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.jaas.modules.publickey.PublickeyCallback;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * Tells Karaf who comes with a key, and with which of Karaf's roles: administrators get all of them and so Karaf's own
 * commands, everybody else one that opens nothing but ours. Passwords are not asked for. Made by JAAS, one for each login.
 */
public final class KeyLogin implements LoginModule {

    /** The option that holds the {@link Actors}. */
    static final String ACTORS = "org.hearthwatch.shell.actors";

    /** What {@code etc/org.apache.karaf.command.acl.hw.cfg} asks for; each command then asks the policy itself. */
    static final String GUEST = "hearthwatch";

    private static final Set<String> ADMINISTRATOR = Set.of("admin", "manager", "viewer", "systembundles", "ssh");

    private @Nullable Subject subject;
    private @Nullable CallbackHandler callbacks;
    private @Nullable Actors actors;
    private final Set<java.security.Principal> found = new LinkedHashSet<>();

    @Override
    public void initialize(
            Subject forSubject, CallbackHandler handler, Map<String, ?> sharedState, Map<String, ?> options) {
        subject = forSubject;
        callbacks = handler;
        actors = (Actors) options.get(ACTORS);
    }

    @Override
    public boolean login() throws LoginException {
        if (callbacks == null || actors == null) {
            throw new LoginException("Nobody can be asked who this is");
        }
        var name = new NameCallback("User: ");
        var key = new PublickeyCallback();
        try {
            callbacks.handle(new Callback[] {name, key});
        } catch (IOException | UnsupportedCallbackException e) {
            throw (LoginException) new LoginException("Only keys open this shell").initCause(e);
        }
        String user = name.getName();
        PublicKey presented = key.getPublicKey();
        if (user == null || presented == null) {
            throw new FailedLoginException("Only keys open this shell");
        }
        Optional<Principal> who = actors.withKey(user, presented);
        if (who.isEmpty()) {
            throw new FailedLoginException("This key is not one of " + user + "'s");
        }
        found.add(new UserPrincipal(who.get().name()));
        found.add(new RolePrincipal(GUEST));
        if (who.get().roles().contains(Role.ADMIN)) {
            ADMINISTRATOR.forEach(role -> found.add(new RolePrincipal(role)));
        }
        return true;
    }

    @Override
    public boolean commit() {
        if (subject == null || found.isEmpty()) {
            return false;
        }
        subject.getPrincipals().addAll(found);
        return true;
    }

    @Override
    public boolean abort() {
        found.clear();
        return true;
    }

    @Override
    public boolean logout() {
        if (subject != null) {
            subject.getPrincipals().removeAll(found);
        }
        found.clear();
        return true;
    }
}
