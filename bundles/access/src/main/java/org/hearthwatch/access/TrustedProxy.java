package org.hearthwatch.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.ForwardedIdentity;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes the headers of one proxy: from its address, and with its secret, for an address alone may be shared by every
 * process on that machine. Thread-safe.
 */
public final class TrustedProxy implements ForwardedIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxy.class);
    private static final String PROVIDER = "proxy";

    private final ProxySettings settings;
    private final Secrets secrets;
    private final ExternalSignIn accounts;

    public TrustedProxy(ProxySettings settings, Secrets secrets, ExternalSignIn accounts) {
        this.settings = settings;
        this.secrets = secrets;
        this.accounts = accounts;
    }

    @Override
    public Sessions.Session admit(String address, Function<String, Optional<String>> headers) throws Refusal {
        Optional<String> presented = headers.apply(settings.secretHeader());
        if (!settings.addresses().contains(address) || presented.isEmpty() || !isSecret(presented.get())) {
            LOG.warn("Somebody at {} claims to be the trusted proxy and is not", address);
            throw new Refusal(
                    Refusal.Kind.WRONG_CREDENTIALS, "Only the proxy that is trusted here may sign people in.");
        }
        String user = headers.apply(settings.userHeader()).orElse("");
        if (user.isBlank()) {
            throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The proxy names nobody; sign in there first.");
        }
        return accounts.admit(
                new ExternalSignIn.Identity(PROVIDER, user, user, roles(headers.apply(settings.groupsHeader()))),
                address);
    }

    private boolean isSecret(String presented) throws Refusal {
        try (Secret expected = secrets.open(settings.secret());
                Secret given = Secret.of(presented)) {
            return expected.sameAs(given);
        } catch (SecretUnavailableException e) {
            LOG.error("Nobody can sign in through the proxy: {}", e.getMessage());
            throw new Refusal(
                    Refusal.Kind.NOT_NOW, "Signing in through the proxy does not work now; the log says why.");
        }
    }

    private Set<Role> roles(Optional<String> groups) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String group : groups.orElse("").split(",", -1)) {
            roles.addAll(settings.roles().getOrDefault(group.strip(), Set.of()));
        }
        return roles;
    }
}
